import { Decimal } from 'decimal.js';
import { newId } from '../books/ids.js';
import type { Account, BankTransaction, BankTransactionType } from '../books/records.js';
import type { BankTransactionInput } from '../wire/document-inputs.js';
import { bankAccountNamed } from './account-named.js';
import { advanceKind, advanceRules, createAdvance } from './advance-write.js';
import { contactOfDocument } from './contact-write.js';
import { organisationOf, type RuleContext, today, type Written } from './context.js';
import { dayRate } from './currency-write.js';
import { documentProblems, urlProblems } from './document-checks.js';
import { noLines, relaid } from './documents.js';
import { lineRules, type LineRules } from './line-rules.js';
import { refuseIfLocked } from './lock-dates.js';
import { refuse, refuseIfAny, UnknownId } from '../wire/refusal.js';

/** PUT: notes money that was spent or received; it stands in the ledger at once. */
export function createBankTransaction(
  context: RuleContext,
  input: BankTransactionInput,
): Written<BankTransaction> {
  const type = readType(input.Type);
  if (input.Status && input.Status.toUpperCase() !== 'AUTHORISED')
    refuse(`Bank transaction status '${input.Status}' is not valid for a new bank transaction`);
  const account = bankAccountNamed(context, input.BankAccount);
  const contact = contactOfDocument(context, input.Contact);
  const blank = blankTransaction(context, account, { type, contactId: contact.id });
  const saved = save(context, merge(context, blank, { ...input, LineItems: input.LineItems ?? [] }));
  const advance = createAdvance(context, saved.row);
  if (!advance) return saved;
  return { ...saved, row: context.tenant.bankTransactions.put({ ...saved.row, advanceId: advance.id }) };
}

function blankTransaction(
  context: RuleContext,
  account: Account,
  given: Pick<BankTransaction, 'type' | 'contactId'>,
): BankTransaction {
  const currencyCode = account.currencyCode ?? organisationOf(context).baseCurrency;
  return {
    ...noLines,
    ...given,
    id: newId(),
    updatedAt: context.books.stamp(),
    bankAccountId: account.id,
    reference: '',
    date: today(context),
    status: 'AUTHORISED',
    lineAmountTypes: 'Inclusive',
    currencyCode,
    currencyRate: dayRate(context, currencyCode),
    url: null,
    isReconciled: false,
    advanceId: null,
  };
}

const types: readonly BankTransactionType[] = [
  'SPEND',
  'SPEND-OVERPAYMENT',
  'SPEND-PREPAYMENT',
  'RECEIVE',
  'RECEIVE-OVERPAYMENT',
  'RECEIVE-PREPAYMENT',
];

const readType = (sent: string | undefined): BankTransactionType =>
  types.find((type) => type === sent?.toUpperCase()) ??
  refuse(`Bank transaction Type '${sent ?? ''}' is not valid: it must be one of ${types.join(', ')}`);

/** POST: updates the transaction that the id points at, and makes one when there is no id: nothing else identifies one. */
export function upsertBankTransaction(
  context: RuleContext,
  input: BankTransactionInput,
): Written<BankTransaction> {
  if (input.BankTransactionID === undefined) return createBankTransaction(context, input);
  return updateBankTransaction(context, bankTransactionById(context, input.BankTransactionID), input);
}

/** The transaction with this id; a 404 otherwise. */
export function bankTransactionById({ tenant }: RuleContext, id: string): BankTransaction {
  const found = tenant.bankTransactions.get(id.toLowerCase());
  if (!found) throw new UnknownId('bank transaction', id);
  return found;
}

const RECONCILED = 'This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement.';

/** Changes or deletes a transaction; what is reconciled or deleted takes no change. */
export function updateBankTransaction(
  context: RuleContext,
  row: BankTransaction,
  input: BankTransactionInput,
): Written<BankTransaction> {
  if (row.status === 'DELETED') refuse('Deleted bank transactions cannot be updated');
  if (row.isReconciled) refuse(RECONCILED);
  if (row.advanceId !== null) refuse('Overpayments and prepayments cannot be updated');
  refuseIfLocked(context, row.date);
  const updatedAt = context.books.stamp();
  const status = input.Status?.toUpperCase() ?? 'AUTHORISED';
  if (status === 'DELETED')
    return { row: context.tenant.bankTransactions.put({ ...row, updatedAt, status }), warnings: [] };
  if (status !== 'AUTHORISED') refuse(`Bank transaction status '${input.Status}' is not valid`);
  if (input.Type !== undefined && readType(input.Type) !== row.type)
    refuse('The Type of a bank transaction cannot be changed');
  const account = input.BankAccount ? bankAccountNamed(context, input.BankAccount) : undefined;
  const contact = input.Contact ? contactOfDocument(context, input.Contact) : undefined;
  const kept = { ...row, contactId: contact?.id ?? row.contactId, ...(account && movedTo(context, account)) };
  return save(context, { ...merge(context, kept, input), updatedAt });
}

function movedTo(context: RuleContext, account: Account): Partial<BankTransaction> {
  const currencyCode = account.currencyCode ?? organisationOf(context).baseCurrency;
  return { bankAccountId: account.id, currencyCode, currencyRate: dayRate(context, currencyCode) };
}

function rulesOf(row: BankTransaction): LineRules {
  const rules = row.type.startsWith('SPEND') ? lineRules.SPEND : lineRules.RECEIVE;
  const kind = advanceKind(row);
  return kind === null ? rules : advanceRules(rules, kind);
}

function merge(context: RuleContext, row: BankTransaction, input: BankTransactionInput): BankTransaction {
  const { CurrencyCode: currency } = input;
  if (currency && currency.toUpperCase() !== row.currencyCode && advanceKind(row) !== 'overpayment')
    refuse(`CurrencyCode '${currency}' is not valid: the currency is that of the bank account`);
  return {
    ...relaid(context, row, input, rulesOf(row)),
    reference: input.Reference ?? row.reference,
    url: input.Url ?? row.url,
    isReconciled: input.IsReconciled ?? row.isReconciled,
  };
}

function save(context: RuleContext, row: BankTransaction): Written<BankTransaction> {
  refuseIfLocked(context, row.date);
  refuseIfAny([
    ...urlProblems(row.url),
    ...documentProblems(context, row, { complete: true, rules: rulesOf(row) }),
    ...row.lines.flatMap(({ quantity, unitAmount }) => [
      !(Number(quantity) > 0) && 'The Quantity of a line must be greater than zero',
      Number(unitAmount) === 0 && 'The UnitAmount of a line must not be zero',
    ]),
    !new Decimal(row.total).greaterThan(0) && 'The total of a bank transaction must be greater than zero',
  ]);
  return { row: context.tenant.bankTransactions.put(row), warnings: [] };
}
