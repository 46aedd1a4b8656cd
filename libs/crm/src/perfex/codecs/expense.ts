import { decimal, money, sum, type TaxComponent } from '@sync/domain';
import { plainLine, plainTextOrNull } from '../../plain-text.js';
import { currencyOf } from './currency.js';
import { birthMark, type Decoded, found, invalid } from './decoded.js';
import { type LinkedTaxes, linkedTaxes } from './linked-taxes.js';

/** An expense with the names that its ids point at. */
export interface ExpenseRow extends LinkedTaxes {
  id: number;
  categoryId: number;
  /** Null when the category was deleted. */
  categoryName: string | null;
  currencyName: string | null;
  /** Net of tax. */
  amount: string;
  reference: string | null;
  note: string | null;
  name: string | null;
  mode: string | null;
  /** Only where the Purchase module knows vendors, and while the vendor exists. */
  vendorId: number | null;
  date: string;
  createdAt: string;
}

/** Perfex stores the net amount alone and computes each tax on it, so the gross is worked out here. */
export function decodeExpense(row: ExpenseRow): Decoded<'expenses'> {
  const currency = currencyOf(row.currencyName);
  if (currency === null) return invalid('its currency is no ISO code such as USD');
  const taxes = linkedTaxes(row);
  const mode = row.mode?.trim() ?? '';
  return found(
    'expenses',
    {
      id: String(row.id),
      name: plainLine(row.name),
      note: plainTextOrNull(row.note),
      reference: plainLine(row.reference),
      categoryId: String(row.categoryId),
      categoryName: plainLine(row.categoryName) ?? '',
      vendorId: row.vendorId === null ? null : String(row.vendorId),
      date: row.date,
      currency,
      amount: row.amount,
      taxes,
      total: expenseTotal(row.amount, taxes),
      modeId: mode === '' ? null : mode,
    },
    birthMark(row.createdAt),
  );
}

/** Net and taxes, each tax computed on the net amount by itself and rounded once. */
export function expenseTotal(amount: string, taxes: readonly TaxComponent[]): string {
  return money(sum([amount, ...taxes.map(({ rate }) => money(decimal(amount).times(rate).div(100)))]));
}
