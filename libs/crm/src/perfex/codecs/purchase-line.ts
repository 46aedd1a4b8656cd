import { decimal, money, plain, type PurchaseOrderLine, type TaxComponent } from '@sync/domain';
import { plainTextOrNull } from '../../plain-text.js';

/** A line of a purchase order; what only later versions of the module have is null. */
export interface PurchaseLineRow {
  id: number;
  orderId: number;
  /** The catalogue item, if there is such a one. */
  itemId: number | null;
  itemName: string | null;
  /** What the catalogue calls it. */
  catalogueName: string | null;
  description: string | null;
  quantity: string;
  unitPrice: string | null;
  /** Quantity times price, as the module rounded it. */
  amount: string | null;
  discount: string | null;
  /** Ids of taxes, joined by pipes; so are names and rates, in the same order. */
  taxIds: string | null;
  taxNames: string | null;
  taxRates: string | null;
}

/** The rows of the table of taxes, by id. */
export type TaxTable = ReadonlyMap<number, TaxComponent>;

/** A line, with its own discount as it is stored. */
export function decodePurchaseLine(row: PurchaseLineRow, taxTable: TaxTable): PurchaseOrderLine {
  const name = plainTextOrNull(row.itemName) ?? plainTextOrNull(row.catalogueName);
  const texts = [name, plainTextOrNull(row.description)].filter((text) => text !== null);
  return {
    ...quantityAndPrice(row, texts),
    discount: money(row.discount ?? '0'),
    taxes: taxesOf(row, taxTable),
    itemId: row.itemId === null ? null : String(row.itemId),
  };
}

/**
 * Before version 1.0.5 the module kept whole numbers, each rounded by itself, so that quantity times price may miss the
 * amount: then the amount counts, as one piece, and the text says how it came about.
 */
function quantityAndPrice({ quantity, unitPrice, amount }: PurchaseLineRow, texts: readonly string[]) {
  const price = unitPrice ?? amount ?? '0';
  const whole = amount ?? money(decimal(quantity).times(price));
  if (money(decimal(quantity).times(price)) === money(whole)) {
    return { description: texts.join('\n'), quantity: plain(quantity), unitPrice: money(price) };
  }
  const calculation = `${plain(quantity)} × ${money(price)}`;
  return { description: [...texts, calculation].join('\n'), quantity: '1', unitPrice: money(whole) };
}

function taxesOf({ taxIds, taxNames, taxRates }: PurchaseLineRow, taxTable: TaxTable): TaxComponent[] {
  const [names, rates] = [parts(taxNames), parts(taxRates)];
  if (names.length > 0 && names.length === rates.length) {
    return names.map((name, index) => ({ name, rate: rates[index] ?? '' }));
  }
  return parts(taxIds)
    .map((id) => taxTable.get(Number(id)))
    .filter((tax) => tax !== undefined);
}

function parts(piped: string | null): string[] {
  return (piped ?? '')
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
