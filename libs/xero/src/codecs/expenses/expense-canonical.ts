import { type Expense, plain, sum } from '@sync/domain';
import {
  type BackReferences,
  type CanonicalResult,
  fallbackVendorName,
  NO_PAYMENT_MODE,
  type XeroRecord,
} from '@sync/engine';
import { inexpressible, keptNumber, keptTaxes, keptText, ownedText } from '../canonical.js';
import { type CanonicalRequest, type Refusal, refuse } from '../codec.js';
import { type HeldLine, heldLines, isRounding } from '../documents/held-line.js';
import { modeOf } from '../payments/payment-canonical.js';
import { describe } from './expense-money.js';

/** Money spent, in the CRM's terms. */
export function canonicalExpense(request: CanonicalRequest<'expenses'>): CanonicalResult<'expenses'> {
  const { record, base, references } = request;
  const known = base && (base.modeId ?? NO_PAYMENT_MODE);
  const mode = modeOf(ownedText(record, 'bankAccountId') ?? null, known ?? undefined, references);
  if (typeof mode !== 'string') return mode;
  return canonicalPurchase(request, mode === NO_PAYMENT_MODE ? null : mode);
}

/** What was bought, in the CRM's terms, whatever it is booked as; `modeId` is how it was paid. */
export function canonicalPurchase(
  { record, base, references }: CanonicalRequest<'expenses' | 'bills'>,
  modeId: string | null,
): CanonicalResult<'expenses' | 'bills'> {
  const line = onlyLine(record, references);
  if ('ok' in line) return line;
  const category = categoryOf(line, base, references);
  if ('ok' in category) return category;
  const date = ownedText(record, 'date') ?? base?.date;
  const { total } = record.derived;
  if (date === undefined || total === undefined) return inexpressible('its date or total is not known');
  return {
    ok: true,
    record: {
      id: base?.id ?? '',
      ...textsOf(line, base),
      reference: keptText(base?.reference, ownedText(record, 'reference')),
      categoryId: category.id,
      categoryName: category.name,
      vendorId: vendorOf(record, base, references),
      date,
      currency: ownedText(record, 'currency') ?? base?.currency ?? references.baseCurrency,
      amount: keptNumber(base?.amount, plain(line.amount)),
      taxes: keptTaxes(base?.taxes, line.taxSets),
      total: keptNumber(base?.total, total),
      modeId,
    },
  };
}

/** An expense is one amount: lines of one account and one tax rate are added up, others have no form in the CRM. */
function onlyLine(record: XeroRecord, references: BackReferences): HeldLine | Refusal {
  const held = heldLines(record, references);
  if (!Array.isArray(held)) return held;
  const lines = held.filter((line) => !isRounding(line));
  const [first] = lines;
  if (first === undefined) return inexpressible('it has no line');
  if (!lines.every((line) => namesOf(line) === namesOf(first))) {
    return inexpressible('its lines go to several accounts or tax rates');
  }
  const description = lines.map((line) => line.description).join('\n');
  return { ...first, description, amount: sum(lines.map(({ amount }) => amount)) };
}

function namesOf({ accountCode, taxSets }: HeldLine): string {
  return JSON.stringify([accountCode, taxSets]);
}

/** The first line of the text is what people call it, the rest a note. */
function textsOf({ description }: HeldLine, base: Expense | null): Pick<Expense, 'name' | 'note'> {
  if (base !== null && description === describe(base).trim()) return { name: base.name, note: base.note };
  const [name = '', ...rest] = description.split('\n');
  const note = rest.join('\n').trim();
  return { name: name.trim() === '' ? null : name.trim(), note: note === '' ? null : note };
}

function categoryOf(
  { accountCode }: HeldLine,
  base: Expense | null,
  { expenseCategories }: BackReferences,
): { id: string; name: string } | Refusal {
  const categories = expenseCategories.get(accountCode ?? '') ?? [];
  if (base !== null && categories.some(({ id }) => id === base.categoryId)) {
    return { id: base.categoryId, name: base.categoryName };
  }
  return categories[0] ?? refuse('XERO_ACCOUNT_NOT_MAPPED', { account: accountCode ?? '' });
}

/** A supplier whom the CRM does not know, or who stands for all of whom it knows none, is none. */
function vendorOf(record: XeroRecord, base: Expense | null, { crmIds }: BackReferences): string | null {
  const contactId = ownedText(record, 'contactXeroId');
  if (typeof contactId !== 'string') return base?.vendorId ?? null;
  const id = crmIds.get('vendors')?.get(contactId) ?? null;
  if (id !== null && id === base?.vendorId) return id;
  return id === null || fallbackVendorName(id) !== null ? null : id;
}
