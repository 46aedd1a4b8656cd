import { dueOf } from '../amounts.js';
import { createSampleCrm, type LedgerDocument, type SampleCrm } from '../index.js';

const NOW = new Date('2026-11-20T15:00:00Z');
let crm: SampleCrm;

beforeEach(() => {
  crm = createSampleCrm({ clock: { now: () => NOW } });
  crm.seed({ size: 100, seed: 1 });
});

afterEach(() => crm.close());

function act(request: object): string {
  return crm.act(request).ids[0] ?? '';
}

function shown(entity: 'invoices' | 'credit-notes' | 'purchase-orders' | 'expenses', id: string) {
  return crm.ledger({ documents: true }).entities[entity].documents?.find((one) => one.id === id);
}

/** A credit note of an open invoice's customer. */
function noteFor(invoice: LedgerDocument | undefined, price: string): string {
  const customerId = customerOf(invoice?.id ?? '');
  const lines = [{ itemId: null, description: 'Returned', quantity: '1', price, taxes: [] }];
  const fields = { customerId, lines, discount: null, adjustment: '0' };
  return act({ entity: 'credit-notes', action: 'create', fields });
}

function customerOf(invoiceId: string): string {
  const customerId = act({ entity: 'customers', action: 'create' });
  crm.act({ entity: 'invoices', action: 'edit', id: invoiceId, fields: { customerId } });
  return customerId;
}

function openInvoice(): LedgerDocument | undefined {
  return shown('invoices', act({ entity: 'invoices', action: 'create' }));
}

test('a credit note that is applied lowers what is due of the invoice, and what is left of the note', () => {
  const invoice = openInvoice();
  const note = noteFor(invoice, '10.00');
  act({ action: 'apply', id: note, fields: { amount: '4.00' } });
  expect(shown('invoices', invoice?.id ?? '')?.due).toBe(dueOf(invoice?.total ?? '', '4.00'));
  expect(shown('credit-notes', note)).toMatchObject({ total: '10.00', paid: '0.00', due: '6.00' });
});

test('an application that is deleted gives both back', () => {
  const invoice = openInvoice();
  const note = noteFor(invoice, '10.00');
  const id = act({ action: 'apply', id: note });
  act({ entity: 'credit-applications', action: 'delete', id });
  expect(shown('invoices', invoice?.id ?? '')?.due).toBe(invoice?.total);
  expect(shown('credit-notes', note)?.due).toBe('10.00');
});

test('an application that is moved to another invoice is taken off the first', () => {
  const [invoice, other] = [openInvoice(), openInvoice()];
  const note = noteFor(invoice, '10.00');
  const id = act({ action: 'apply', id: note, fields: { amount: '3.00' } });
  act({ entity: 'credit-applications', action: 'edit', id, fields: { invoiceId: other?.id } });
  expect(shown('invoices', invoice?.id ?? '')?.due).toBe(invoice?.total);
  expect(shown('invoices', other?.id ?? '')?.due).toBe(dueOf(other?.total ?? '', '3.00'));
});

test('what is left of a credit note is paid back, and then nothing more', () => {
  const note = noteFor(openInvoice(), '10.00');
  act({ action: 'refund', id: note, fields: { amount: '2.50' } });
  act({ action: 'refund', id: note });
  expect(shown('credit-notes', note)).toMatchObject({ paid: '10.00', due: '0.00' });
  expect(() => crm.act({ action: 'refund', id: note })).toThrow(expect.objectContaining({ status: 409 }));
});

test('a credit note that was used cannot be void, an unused one leaves the ledger', () => {
  const used = noteFor(openInvoice(), '10.00');
  act({ action: 'refund', id: used, fields: { amount: '1.00' } });
  expect(() => crm.act({ action: 'void', id: used })).toThrow(expect.objectContaining({ status: 409 }));
  const unused = noteFor(openInvoice(), '10.00');
  act({ action: 'void', id: unused });
  expect(shown('credit-notes', unused)).toBeUndefined();
});

test('a deleted credit note takes its applications and refunds with it', () => {
  const invoice = openInvoice();
  const note = noteFor(invoice, '10.00');
  const before = crm.ledger().entities;
  act({ action: 'apply', id: note, fields: { amount: '3.00' } });
  act({ action: 'refund', id: note });
  act({ entity: 'credit-notes', action: 'delete', id: note });
  const { refunds, 'credit-applications': applications } = crm.ledger().entities;
  expect([refunds.count, applications.count]).toEqual([
    before.refunds.count,
    before['credit-applications'].count,
  ]);
  expect(shown('invoices', invoice?.id ?? '')?.due).toBe(invoice?.total);
});

test('a part payment leaves something to pay', () => {
  const invoice = openInvoice();
  act({ action: 'part-pay', id: invoice?.id });
  const after = shown('invoices', invoice?.id ?? '');
  expect([Number(after?.paid) > 0, Number(after?.due) > 0]).toEqual([true, true]);
});

test('an order that is rejected or cancelled leaves the ledger; an approved one stays', () => {
  const id = act({ entity: 'purchase-orders', action: 'create' });
  act({ entity: 'purchase-orders', action: 'edit', id, fields: { status: 'approved' } });
  expect(shown('purchase-orders', id)).toBeDefined();
  act({ entity: 'purchase-orders', action: 'cancel', id });
  expect(shown('purchase-orders', id)).toBeUndefined();
  const other = act({ entity: 'purchase-orders', action: 'create', fields: { status: 'rejected' } });
  expect(shown('purchase-orders', other)).toBeUndefined();
});

test('an edit of an expense recomputes its total and names its category', () => {
  const taxes = [{ name: 'VAT', rate: '20' }];
  const id = act({ entity: 'expenses', action: 'create', fields: { amount: '10', taxes } });
  expect(shown('expenses', id)).toMatchObject({ total: '12.00', tax: '2.00' });
  act({ entity: 'expenses', action: 'edit', id, fields: { categoryId: '2', amount: '20' } });
  expect(shown('expenses', id)).toMatchObject({ total: '24.00', tax: '4.00' });
});

test.each<[what: string, request: Record<string, unknown>, status: number]>([
  ['a vendor with expenses', { entity: 'vendors', action: 'delete', id: '1' }, 409],
  ['an expense, which has no status', { entity: 'expenses', action: 'cancel' }, 400],
  ['an amount in words', { entity: 'expenses', action: 'create', fields: { amount: 'ten' } }, 400],
  ['an unknown status', { entity: 'purchase-orders', action: 'edit', fields: { status: 'new' } }, 400],
  ['a credit note that is not there', { action: 'refund', id: '999' }, 404],
])('%s is refused', (_, request, status) => {
  if (request['entity'] === 'vendors')
    act({ entity: 'expenses', action: 'create', fields: { vendorId: '1' } });
  expect(() => crm.act(request)).toThrow(expect.objectContaining({ status }));
});
