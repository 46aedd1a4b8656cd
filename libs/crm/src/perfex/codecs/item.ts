import { plainLine, plainTextOrNull } from '../../plain-text.js';
import { type Decoded, found } from './decoded.js';

/** A row of the catalogue, with the taxes that its ids point at. */
export interface ItemRow {
  id: number;
  description: string;
  longDescription: string | null;
  rate: string;
  /** Only where a warehouse module added the column. */
  skuCode: string | null;
  commodityCode: string | null;
  taxName: string | null;
  taxRate: string | null;
  tax2Name: string | null;
  tax2Rate: string | null;
}

/** The core of Perfex has no item code; a tax that was deleted since counts as none, as it does in Perfex. */
export function decodeItem(row: ItemRow): Decoded<'items'> {
  const taxes = [
    { name: row.taxName, rate: row.taxRate },
    { name: row.tax2Name, rate: row.tax2Rate },
  ].filter((tax): tax is { name: string; rate: string } => tax.name !== null && tax.rate !== null);
  return found(
    'items',
    {
      id: String(row.id),
      code: plainLine(row.skuCode) ?? plainLine(row.commodityCode),
      name: plainLine(row.description) ?? '',
      description: plainTextOrNull(row.longDescription),
      unitPrice: row.rate,
      taxes: taxes.map(({ name, rate }) => ({ name: name.trim(), rate })),
    },
    null,
  );
}
