import type { Json } from '@sync/domain';
import { type EncodeRequest, type EncodeResult, NO_PAYMENT_MODE, type XeroRecord } from '@sync/engine';
import { z } from 'zod';
import { type Codec, refuse, type Refusal, sends } from '../codec.js';
import { documentRefersTo } from '../documents/document-canonical.js';
import { derivedOf, documentFields, documentKeys } from '../documents/document-decode.js';
import { documentWire } from '../documents/document-wire.js';
import { lineElement } from '../documents/line-element.js';
import { markedReference, markerOfUrl, markerUrl, splitReference } from '../marker.js';
import type { PricedLine } from '../money/priced-line.js';
import { fit, wireText } from '../wire-values.js';
import { canonicalExpense } from './expense-canonical.js';
import { priceExpense } from './expense-money.js';
import { type PurchaseNames, purchaseNames } from './purchase-names.js';

const bankTransactionWire = documentWire.extend({
  BankTransactionID: z.string(),
  Url: wireText,
  BankAccount: z.object({ AccountID: wireText }).nullish(),
  IsReconciled: z.boolean().nullish(),
});

type ExpenseRequest = EncodeRequest<'expenses'>;

/** Expenses ⇄ BankTransactions of money spent. The marker leads the Reference, and is in the Url where there is one. */
export const expensesCodec: Codec<'expenses'> = {
  encode,
  decode,
  canonical: canonicalExpense,
  refersTo: (record) => documentRefersTo(record, 'vendors'),
};

function encode(request: ExpenseRequest): EncodeResult {
  const { record, references } = request;
  const priced = priceExpense(record, references.allowedCents);
  if (!priced.ok) return priced;
  const names = purchaseNames(request, priced.lines);
  if ('ok' in names) return names;
  const accountId = bankAccount(record, references);
  if (typeof accountId !== 'string') return accountId;
  return {
    ok: true,
    element: elementOf(request, priced.lines, { ...names, accountId }),
    expected: { total: priced.total, tax: priced.tax, status: 'approved' },
    adjusted: priced.adjusted,
  };
}

/** Money that is spent counts in the currency of the account, whatever the expense says. */
function bankAccount(
  { modeId, currency }: ExpenseRequest['record'],
  { bankAccounts, accountCurrencies, baseCurrency }: ExpenseRequest['references'],
): string | Refusal {
  const mode = modeId ?? NO_PAYMENT_MODE;
  const accountId = bankAccounts.get(mode);
  if (accountId === undefined) return refuse('PAYMENT_MODE_NOT_MAPPED', { mode, key: mode });
  const held = accountCurrencies.get(accountId) ?? baseCurrency;
  return held === currency ? accountId : refuse('BANK_ACCOUNT_CURRENCY_DIFFERS', { currency, held });
}

/** Xero's description wants type, account and lines in every request, so an update says it all. */
function elementOf(
  request: ExpenseRequest,
  lines: readonly PricedLine[],
  { contactId, accountId, lines: names }: PurchaseNames & { accountId: string },
): Json {
  const { action, record, references, marker, xeroId } = request;
  return {
    ...(action === 'update' && { BankTransactionID: xeroId }),
    Type: 'SPEND',
    // Whom a person chose in Xero stays, unless the CRM names somebody else.
    ...(sends(request, 'vendorId') && { Contact: { ContactID: contactId } }),
    BankAccount: { AccountID: accountId },
    Date: record.date,
    Reference: fit(markedReference(marker, record.reference), 255),
    LineAmountTypes: 'Exclusive',
    LineItems: lines.map((line) => lineElement(names, line)),
    ...(action === 'create' && { Url: markerUrl(references.publicUrl, marker) ?? undefined }),
    Status: 'AUTHORISED',
  };
}

/** Reads money that was spent; null: it is another kind of transaction. */
function decode(element: unknown): XeroRecord | null {
  const spent = bankTransactionWire.parse(element);
  if (typeof spent.Type === 'string' && spent.Type !== 'SPEND') return null;
  const { marker, text } = splitReference(spent.Reference);
  return {
    xeroId: spent.BankTransactionID,
    keys: { ...documentKeys(spent, null), marker: marker ?? markerOfUrl(spent.Url) },
    owned: { bankAccountId: spent.BankAccount?.AccountID, ...documentFields(spent, text) },
    derived: derivedOf(spent, { reconciled: spent.IsReconciled ?? undefined }),
    updatedAt: spent.UpdatedDateUTC,
  };
}
