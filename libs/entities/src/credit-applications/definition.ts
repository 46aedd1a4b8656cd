import { type CreditApplication, money } from '@sync/domain';
import { allocationKey, type EntityDefinition, type IdentityKeys, type XeroIdOf } from '@sync/engine';
import { checkAmount, checkDate } from '../checks.js';
import { factKeys } from '../fact-keys.js';

/** A part of a credit note that pays for an invoice. Xero lets nobody edit an allocation: only made and deleted. */
export const creditApplications: EntityDefinition<'credit-applications'> = {
  entity: 'credit-applications',
  codecVersion: 1,
  derive: () => null,
  label: ({ amount, currency, date }) => `${money(amount)} ${currency} on ${date}`,
  owned: ({ id: _id, ...fields }) => fields,
  parents: ({ creditNoteId, invoiceId }) => [
    { entity: 'credit-notes', crmId: creditNoteId, required: true },
    { entity: 'invoices', crmId: invoiceId, required: true },
  ],
  whenParentExcluded: 'exclude',
  exclusion: () => null,
  check: ({ amount, date }, facts) => checkAmount('applied credit', amount) ?? checkDate(date, facts),
  warnings: () => [],
  needs: () => [],
  identity: { number: 'twin', facts: false, person: false },
  keys: keysOf,
  uniqueName: () => null,
  editForbidden: 'CREDIT_APPLICATION_CHANGED',
};

function keysOf(application: CreditApplication, xeroIdOf: XeroIdOf): IdentityKeys {
  const { creditNoteId, invoiceId, date } = application;
  const creditNoteXeroId = xeroIdOf('credit-notes', creditNoteId);
  const invoiceXeroId = xeroIdOf('invoices', invoiceId);
  const amount = money(application.amount);
  const known = creditNoteXeroId !== null && invoiceXeroId !== null;
  const number = known ? allocationKey({ creditNoteXeroId, invoiceXeroId, date, amount }) : null;
  return { ...factKeys(application, amount, creditNoteXeroId), number };
}
