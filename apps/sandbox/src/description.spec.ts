import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { billFor, creditNoteFor, make, read, spendFor } from './testing/documents.js';
import {
  invoiceFor,
  type Json,
  makeContact,
  openClient,
  type SandboxClient,
} from './testing/sandbox-client.js';

const facts = process.env.XERO_FACTS_DIR ?? join(__dirname, '../../../../shared/xero');
const file = join(facts, 'spec', 'xero_accounting.yaml');
const described = existsSync(file);
const withDescription = described ? describe : describe.skip;
if (!described) console.warn(`Skipped: there is no description of Xero's API at ${file}.`);

// In recordings or in Xero's own examples, although the description does not name them.
const beyond = new Set(
  'ID Type DateString DueDateString HasErrors HasValidationErrors InvoicePaymentServices DiscountEnteredAsPercent'
    .concat(' IsActive IsArchived IsDeleted')
    .split(' '),
);

withDescription('What no recording shows has fields that the published description knows', () => {
  let client: SandboxClient;
  let schemas: Json;
  let ids: Json;

  beforeAll(async () => {
    schemas = parse(readFileSync(file, 'utf8')).components.schemas;
    client = await openClient();
    ids = await fill(client);
  });
  afterAll(() => client.close());

  /** The paths of keys that a schema does not know. */
  const strangers = (name: string, value: Json, path = name): string[] => {
    if (Array.isArray(value)) return value.flatMap((one) => strangers(name, one, path));
    if (typeof value !== 'object' || value === null) return [];
    const { properties = {} } = schemas[name] ?? {};
    return Object.entries(value).flatMap(([key, inner]) => {
      const property = properties[key];
      if (!property) return beyond.has(key) ? [] : [`${path}.${key}`];
      const ref: string | undefined = property.$ref ?? property.items?.$ref;
      return ref ? strangers(ref.split('/').at(-1) ?? '', inner, `${path}.${key}`) : [];
    });
  };

  it.each<[string, () => Promise<Json>]>([
    ['CreditNote', () => read(client, `CreditNotes/${ids.note}`)],
    ['Overpayment', () => read(client, `Overpayments/${ids.overpayment}`)],
    ['Prepayment', () => read(client, `Prepayments/${ids.prepayment}`)],
    ['Invoice', () => read(client, `Invoices/${ids.invoice}`)],
    ['Invoice', () => read(client, `Invoices/${ids.bill}`)],
    ['Payment', async () => (await client.api('GET', 'Payments?page=1')).json.Payments],
    ['Payment', () => read(client, `Payments/${ids.refund}`)],
    [
      'BankTransaction',
      async () => (await client.api('GET', 'BankTransactions?page=1')).json.BankTransactions,
    ],
    ['BatchPayment', async () => (await client.api('GET', 'BatchPayments')).json.BatchPayments],
    ['TrackingCategory', async () => (await client.api('GET', 'TrackingCategories')).json.TrackingCategories],
    ['BrandingTheme', async () => (await client.api('GET', 'BrandingThemes')).json.BrandingThemes],
  ])('%s', async (name, answer) => {
    const value = await answer();
    expect([value].flat().length).toBeGreaterThan(0);
    expect(strangers(name, value)).toEqual([]);
  });

  it('Allocation, made and taken back', async () => {
    const Allocations = [{ Invoice: { InvoiceID: ids.invoice }, Amount: 1, Date: '2026-11-20' }];
    const path = `CreditNotes/${ids.note}/Allocations`;
    const made = (await client.api('PUT', path, { body: { Allocations } })).json.Allocations[0];
    expect(strangers('Allocation', made)).toEqual([]);
    const gone = (await client.api('DELETE', `${path}/${made.AllocationID}`)).json;
    expect(strangers('Allocation', gone)).toEqual([]);
  });
});

/** One of everything; their ids. */
async function fill(client: SandboxClient): Promise<Json> {
  const contact = await makeContact(client);
  const Account = { Code: '090' };
  const { InvoiceID: invoice } = await make(client, 'Invoices', invoiceFor(contact));
  const { InvoiceID: bill } = await make(client, 'Invoices', billFor(contact));
  const { CreditNoteID: note } = await make(client, 'CreditNotes', creditNoteFor(contact));
  const Allocations = [{ Invoice: { InvoiceID: invoice }, Amount: 10, Date: '2026-11-20' }];
  await client.api('PUT', `CreditNotes/${note}/Allocations`, { body: { Allocations } });
  const refund = await make(client, 'Payments', { CreditNote: { CreditNoteID: note }, Account, Amount: 5 });
  const Payments = [{ Invoice: { InvoiceID: bill }, Amount: 5 }];
  await make(client, 'BatchPayments', { Account, Payments });
  const LineItems = [{ Description: 'Too much', UnitAmount: 10 }];
  const advance = (Type: string, fields: object = {}) =>
    make(client, 'BankTransactions', spendFor(contact, { Type, ...fields }));
  const { OverpaymentID: overpayment } = await advance('RECEIVE-OVERPAYMENT', { LineItems });
  const { PrepaymentID: prepayment } = await advance('SPEND-PREPAYMENT');
  return { invoice, bill, note, refund: refund.PaymentID, overpayment, prepayment };
}
