import { CRM_ENTITIES } from '@sync/domain';
import type { Ledger, LedgerRow, SandboxControl } from './sandbox-control.js';

/** Stands in Xero for whoever the CRM does not know; the CRM has no such vendor. */
export const FALLBACK_SUPPLIER = 'Sundry suppliers';

const NOTHING: LedgerRow = { count: 0, total: '', tax: '', paid: '', due: '' };

/** What has a number that people look for. */
const NUMBERED = ['invoices', 'credit-notes', 'purchase-orders'];

/** The amounts that have to agree, and how many records there are. */
function figures(ledger: Ledger) {
  return Object.fromEntries(
    CRM_ENTITIES.map((entity) => {
      const { count, total, tax, paid, due, documents } = ledger[entity] ?? NOTHING;
      const standIns = documents?.filter(({ name }) => name === FALLBACK_SUPPLIER).length ?? 0;
      const own = { count: count - standIns, total, tax, paid, due };
      return [entity, entity === 'expenses' ? withoutTax(own) : own];
    }),
  );
}

/** Xero computes the tax of what is spent itself, and the cent between both goes into a rounding line. */
function withoutTax({ tax: _tax, ...amounts }: LedgerRow) {
  return amounts;
}

/** Each document by its number, with the four amounts. */
function documents(ledger: Ledger) {
  const rows = NUMBERED.flatMap((entity) =>
    (ledger[entity]?.documents ?? []).map((document) => ({ ...document, entity })),
  );
  return Object.fromEntries(
    rows.map(({ entity, number, total, tax, paid, due }) => [
      `${entity} ${number}`,
      { total, tax, paid, due },
    ]),
  );
}

/** Both sides hold the same records, and every document's total, tax, paid and due agree to the cent. */
export async function expectSameBooks(sandbox: SandboxControl): Promise<void> {
  const [crm, xero] = [await sandbox.crmLedger(true), await sandbox.ledger(true)];
  expect(figures(xero)).toEqual(figures(crm));
  expect(documents(xero)).toEqual(documents(crm));
}
