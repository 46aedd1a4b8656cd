import type { Ledger, SandboxControl } from './sandbox-control.js';

/** The amounts that have to agree, and how many records there are. */
function figures(ledger: Ledger) {
  return Object.fromEntries(
    ['taxes', 'customers', 'items', 'invoices', 'payments'].map((entity) => {
      const { count, total, tax, paid, due } = ledger[entity] ?? {
        count: 0,
        total: '',
        tax: '',
        paid: '',
        due: '',
      };
      return [entity, { count, total, tax, paid, due }];
    }),
  );
}

/** Each document by its number, with the four amounts. */
function documents(ledger: Ledger) {
  const rows = ledger['invoices']?.documents ?? [];
  return Object.fromEntries(
    rows.map(({ number, total, tax, paid, due }) => [number, { total, tax, paid, due }]),
  );
}

/** Both sides hold the same records, and every invoice's total, tax, paid and due agree to the cent. */
export async function expectSameBooks(sandbox: SandboxControl): Promise<void> {
  const [crm, xero] = [await sandbox.crmLedger(true), await sandbox.ledger(true)];
  expect(figures(xero)).toEqual(figures(crm));
  expect(documents(xero)).toEqual(documents(crm));
}
