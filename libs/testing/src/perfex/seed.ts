import type { PerfexDatabase } from './opened-database.js';
import { insertRows, type NewRow } from './rows.js';
import { seedCreditNotes } from './seed-credit-notes.js';
import { seedCustomers } from './seed-customers.js';
import { seedDocuments } from './seed-documents.js';
import { seedExpenses } from './seed-expenses.js';
import { seedPurchases } from './seed-purchases.js';

const OPTIONS: Readonly<Record<string, string>> = {
  default_timezone: 'Europe/Berlin',
  invoice_prefix: 'INV-',
  invoice_number_format: '1',
  next_invoice_number: '14',
  credit_note_prefix: 'CN-',
  credit_note_number_format: '1',
  next_credit_note_number: '5',
  number_padding_prefixes: '6',
  invoice_due_after: '30',
  company_is_required: '0',
  paymentmethod_stripe_active: '1',
  paymentmethod_stripe_label: 'Stripe Checkout',
  paymentmethod_mollie_active: '0',
  paymentmethod_mollie_label: 'Mollie',
};

/** Fills the tables: what every Perfex has, and with `cases` a record for each case. */
export async function seedPerfex(perfex: PerfexDatabase, cases: boolean): Promise<void> {
  await seedSettings(perfex);
  if (!cases) return;
  await seedItems(perfex);
  await seedCustomers(perfex);
  await seedDocuments(perfex);
  await seedCreditNotes(perfex);
  await seedPurchases(perfex);
  await seedExpenses(perfex);
}

async function seedSettings({ connection, table, shape }: PerfexDatabase): Promise<void> {
  const insert = (name: string, rows: readonly NewRow[]) => insertRows(connection, table(name), rows);
  await insert('currencies', [
    { id: 1, symbol: '$', name: 'USD', isdefault: 1 },
    { id: 2, symbol: '€', name: 'EUR', isdefault: 0 },
  ]);
  await insert('countries', [
    { country_id: 83, iso2: 'DE', short_name: 'Germany', long_name: 'Federal Republic of Germany' },
    { country_id: 236, iso2: 'US', short_name: 'United States', long_name: 'United States of America' },
  ]);
  await insert('payment_modes', [{ id: 1, name: 'Bank', active: 1 }]);
  await insert(
    'options',
    Object.entries(OPTIONS).map(([name, value]) => ({ name, value })),
  );
  await insert('migrations', [{ version: shape.replaceAll('.', '') }]);
}

async function seedItems({ connection, table }: PerfexDatabase): Promise<void> {
  await insertRows(connection, table('taxes'), [
    { id: 1, name: 'VAT', taxrate: '20.00' },
    { id: 2, name: 'City', taxrate: '5.00' },
  ]);
  const item = { long_description: null, tax: null, tax2: null, unit: null };
  await insertRows(connection, table('items'), [
    { ...item, id: 1, description: 'Consulting', rate: '100.00', tax: 1, tax2: 2 },
    { ...item, id: 2, description: 'Hosting', rate: '15.00' },
    {
      ...item,
      id: 3,
      description: 'Travel',
      long_description: 'By rail<br />\nFlat fee',
      rate: '50.00',
      tax: 1,
    },
  ]);
}
