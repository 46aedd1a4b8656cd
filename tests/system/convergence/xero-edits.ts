import { changeInXero, makeInXero, settleInXero } from './acts.js';
import type { LedgerDocument } from '../sandbox-control.js';
import { anyOf, type Desk, isOpen, isUnpaid, partOf, type Touched, type WeightedEdits } from './edits.js';

const CONTACT = ['customers', 'contact'] as const;
const INVOICE = ['invoices', 'invoice'] as const;
const CREDIT_NOTE = ['credit-notes', 'credit-note'] as const;
const EXPENSE = ['expenses', 'expense'] as const;
const ORDER = ['purchase-orders', 'purchase-order'] as const;

/** What people do with contacts, invoices and payments in Xero. */
const SALES: WeightedEdits = [
  [2, (desk) => makeInXero(desk, 'contact', { Name: `Xero Company ${desk.n}` })],
  [3, (desk) => changeInXero(desk, CONTACT, { Phones: [phoneOf(desk)] })],
  [1, (desk) => changeInXero(desk, CONTACT, { Name: `Renamed in Xero ${desk.n}` })],
  [4, (desk) => makeFor(desk, 'invoice', { LineItems: [lineOf(desk)] })],
  [3, (desk) => changeInXero(desk, INVOICE, { Reference: `Xero edit ${desk.n}` })],
  [2, (desk) => changeInXero(desk, INVOICE, { LineItems: [lineOf(desk)] }, isUnpaid)],
  [2, (desk) => settleInXero(desk, 'invoice', 'pay', anyOf(desk, 'invoices', isOpen))],
  [4, (desk) => partly(desk, 'invoice', 'pay', 'invoices')],
];

const CREDITS: WeightedEdits = [
  [2, (desk) => makeFor(desk, 'credit-note', { LineItems: [lineOf(desk)] })],
  [1, (desk) => changeInXero(desk, CREDIT_NOTE, { Reference: `Xero edit ${desk.n}` })],
  [2, (desk) => partly(desk, 'credit-note', 'refund', 'credit-notes')],
  [2, (desk) => settleInXero(desk, 'credit-note', 'allocate', anyOf(desk, 'credit-notes', isOpen))],
];

const PURCHASES: WeightedEdits = [
  [
    2,
    (desk) => makeFor(desk, 'expense', { LineItems: [{ ...lineOf(desk), AccountCode: '453' }] }, 'vendors'),
  ],
  [1, (desk) => changeInXero(desk, EXPENSE, { Reference: `Xero edit ${desk.n}` })],
  [1, (desk) => makeFor(desk, 'purchase-order', { LineItems: [lineOf(desk)] }, 'vendors')],
  [1, (desk) => changeInXero(desk, ORDER, { Reference: `Xero edit ${desk.n}` })],
];

/** What is taken back, void or gone. */
const REMOVALS: WeightedEdits = [
  [1, (desk) => changeInXero(desk, INVOICE, 'void', isUnpaid)],
  [1, (desk) => changeInXero(desk, ['payments', 'payment'], 'delete')],
  [1, (desk) => changeInXero(desk, CREDIT_NOTE, 'void')],
  [1, (desk) => changeInXero(desk, ['refunds', 'payment'], 'delete')],
  [1, (desk) => changeInXero(desk, ['credit-applications', 'allocation'], 'delete')],
  [1, (desk) => changeInXero(desk, CONTACT, 'archive')],
  [1, (desk) => changeInXero(desk, EXPENSE, 'delete')],
  [1, (desk) => changeInXero(desk, ORDER, 'delete')],
  [1, merge],
];

/** What people do in Xero, and how often. */
export const XERO_EDITS: WeightedEdits = [...SALES, ...CREDITS, ...PURCHASES, ...REMOVALS];

function phoneOf({ random }: Desk) {
  return { PhoneType: 'DEFAULT', PhoneNumber: String(random.int(1_000_000, 9_999_999)) };
}

/** A line without tax. */
function lineOf({ random, n }: Desk) {
  const [Quantity, UnitAmount] = [random.int(1, 9), Number(random.amount(100, 20_000))];
  return { Description: `Work ${n}`, Quantity, UnitAmount, AccountCode: '200', TaxType: 'NONE' };
}

async function makeFor(
  desk: Desk,
  entity: string,
  fields: object,
  of = 'customers',
): Promise<Touched | null> {
  const contact = await anyOf(desk, of);
  if (!contact) return null;
  return makeInXero(desk, entity, { ...fields, Contact: { ContactID: contact.id } });
}

async function partly(
  desk: Desk,
  entity: string,
  action: 'pay' | 'refund',
  shelf: string,
): Promise<Touched | null> {
  const part = (document: LedgerDocument) => ({ Amount: Number(partOf(desk, document)) });
  return settleInXero(desk, entity, action, anyOf(desk, shelf, isOpen), part);
}

async function merge(desk: Desk): Promise<Touched | null> {
  const [one, into] = [await anyOf(desk, 'customers'), await anyOf(desk, 'customers')];
  if (!one || !into || one.id === into.id) return null;
  const fields = { into: into.id };
  await desk.world.stage.sandbox.inXero({ entity: 'contact', id: one.id, action: 'merge', fields });
  return { what: `merge into ${into.id}`, entity: 'contact', ids: [one.id] };
}
