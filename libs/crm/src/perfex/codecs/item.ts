import { plainLine, plainTextOrNull } from '../../plain-text.js';
import { type Decoded, found } from './decoded.js';
import { type LinkedTaxes, linkedTaxes } from './linked-taxes.js';

/** A row of the catalogue, with the taxes that its ids point at. */
export interface ItemRow extends LinkedTaxes {
  id: number;
  description: string;
  longDescription: string | null;
  rate: string;
  /** Only where a warehouse module added the column. */
  skuCode: string | null;
  commodityCode: string | null;
}

/** The core of Perfex has no item code. */
export function decodeItem(row: ItemRow): Decoded<'items'> {
  return found(
    'items',
    {
      id: String(row.id),
      code: plainLine(row.skuCode) ?? plainLine(row.commodityCode),
      name: plainLine(row.description) ?? '',
      description: plainTextOrNull(row.longDescription),
      unitPrice: row.rate,
      taxes: linkedTaxes(row),
    },
    null,
  );
}
