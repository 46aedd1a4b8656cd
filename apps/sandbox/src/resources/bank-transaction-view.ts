import type { BankTransaction } from '../books/records.js';
import type { RuleContext } from '../rules/context.js';
import { present } from '../wire/values.js';
import { bankedContact, contactSummary } from './contact-view.js';
import { contactOf, documentBody } from './document-view.js';
import { ledgerLine } from './line-view.js';

type View = Record<string, unknown>;

/** A bank transaction as the answer to a write shows it. */
export const writtenTransaction = (context: RuleContext, row: BankTransaction): View =>
  present({
    ...identity(context, row),
    CurrencyRate: Number(row.currencyRate),
    Contact: bankedContact(contactOf(context, row)),
    ...documentBody(row),
    LineItems: row.lines.map((line) => ledgerLine(context, line, true)),
  });

/** A bank transaction in a list (a page or a single read has its lines, a plain list an empty array). */
export function listedTransaction(context: RuleContext, row: BankTransaction, withLines: boolean): View {
  const contact = contactOf(context, row);
  return present({
    ...identity(context, row),
    ...(row.currencyRate !== '1' && { CurrencyRate: Number(row.currencyRate) }),
    HasAttachments: false,
    Contact: present({ ...contactSummary(contact), ContactNumber: contact.number }),
    ...documentBody(row),
    LineItems: withLines ? row.lines.map((line) => ledgerLine(context, line, false)) : [],
  });
}

function identity({ tenant }: RuleContext, row: BankTransaction): View {
  const account = tenant.accounts.get(row.bankAccountId);
  const advance = row.advanceId === null ? undefined : tenant.advances.get(row.advanceId);
  return {
    BankTransactionID: row.id,
    BankAccount: { AccountID: row.bankAccountId, Code: account?.code ?? '', Name: account?.name ?? '' },
    Type: row.type,
    Reference: row.reference || null,
    Url: row.url,
    IsReconciled: row.isReconciled,
    OverpaymentID: advance?.kind === 'overpayment' ? advance.id : null,
    PrepaymentID: advance?.kind === 'prepayment' ? advance.id : null,
  };
}
