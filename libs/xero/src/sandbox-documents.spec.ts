import type { CanonicalRecord, Entity } from '@sync/domain';
import type { MemberResult, References, XeroRecord } from '@sync/engine';
import { backOf } from './testing/back-references.js';
import { someCreditNote, someExpense, someInvoice, someOrder } from './testing/documents.js';
import { LEVY, VAT } from './testing/random-documents.js';
import { someReferences } from './testing/references.js';
import { create, idOf, startWorld, type World } from './testing/sandbox-world.js';

const CONTACT: CanonicalRecord<'customers'> = {
  id: '7',
  name: 'Acme',
  firstName: null,
  lastName: null,
  email: null,
  phone: null,
  taxNumber: null,
  currency: null,
  billingAddress: null,
  streetAddress: null,
  people: [],
  active: true,
};
const HOURS = { description: 'Hours', quantity: '1', unitPrice: '25.01', taxes: [VAT], itemId: null };
/** Three times 5.002 is 15.01 in the CRM, and three times 5.00 in Xero. */
const SOLD = { lines: [HOURS, HOURS, HOURS], subtotal: '75.03', totalTax: '15.01', total: '90.04' };

/** The sets of the stand-in's rates, written as the CRM writes them. */
const asVat = (tax: { name: string; rate: string }) =>
  [VAT, LEVY].find(({ name }) => name === tax.name) ?? tax;

describe('credits, refunds and purchases against the stand-in Xero', () => {
  let world: World;
  let references: References;

  /** Writes one record and knows its id from then on. */
  async function made<E extends Entity>(entity: E, record: CanonicalRecord<E>): Promise<XeroRecord> {
    const { results } = await create(world, entity, [record], references);
    const [result] = results;
    if (result?.state !== 'accepted') throw new Error(JSON.stringify(result));
    const known = new Map(references.parents.get(entity)).set(record.id, idOf(result));
    references = { ...references, parents: new Map(references.parents).set(entity, known) };
    return result.record;
  }

  async function voided(entity: Entity, record: XeroRecord): Promise<MemberResult> {
    const encoded = world.xero.encodeVoid(entity, record);
    if (!encoded.ok) throw new Error(encoded.code);
    const [call] = world.xero.compose({ entity, action: 'void', elements: [encoded.element] });
    if (!call) throw new Error('nothing to send');
    const members = [{ bindingId: 'b', marker: 'b', naturalKey: null, xeroId: record.xeroId }];
    const [result] = await world.session.write({
      call: { ...call, entity, idempotencyKey: null },
      members,
      lane: 'event',
      beforeSending: async () => undefined,
    });
    if (result === undefined) throw new Error('no result');
    return result;
  }

  const listed = (entity: Entity) =>
    world.session.list({ entity, modifiedSince: null, page: 1, lane: 'event' });

  beforeAll(async () => {
    world = await startWorld();
    const { accounts } = (await world.session.reference()).data;
    const bank = accounts.find(({ type }) => type === 'BANK');
    const expenses = accounts.find(({ class: kind, systemAccount }) => kind === 'EXPENSE' && !systemAccount);
    const rounding = accounts.find(({ systemAccount }) => systemAccount === 'ROUNDING');
    references = someReferences({
      expenseAccounts: new Map([['travel', expenses?.code ?? '']]),
      accounts: { sales: '200', rounding: rounding?.code ?? '', expenses: expenses?.code ?? null },
      bankAccounts: new Map([['bank', bank?.accountId ?? '']]),
      publicUrl: 'https://sync.example.com',
    });
    const sets = [[VAT], [VAT, LEVY]];
    const types = new Map(references.taxTypes);
    for (const components of sets) {
      const id = components
        .map(({ name, rate }) => `${name}|${Number(rate)}`)
        .toSorted()
        .join('+');
      types.set(id, (await made('taxes', { id, components })).xeroId);
    }
    references = { ...references, taxTypes: types, purchaseTaxTypes: types };
    await made('customers', CONTACT);
    await made('vendors', { ...CONTACT, id: '8', name: 'Supplies Ltd' });
  });

  afterAll(async () => {
    await world.session.close();
    await world.sandbox.close();
  });

  it('a credit note has the total and the tax of the CRM, pays for an invoice, and the rest is paid back', async () => {
    const invoice = await made('invoices', someInvoice({ ...SOLD, number: 'INV-C' }));
    const note = await made('credit-notes', someCreditNote({ ...SOLD, reference: 'RMA 7' }));
    expect(note).toMatchObject({
      owned: { number: 'CN-000001', reference: 'RMA 7' },
      derived: { status: 'approved', total: '90.04', tax: '15.01' },
    });
    const part = { creditNoteId: '1', date: '2026-11-21', currency: 'USD' };
    const applied = await made('credit-applications', { ...part, id: '1', invoiceId: '1', amount: '40.00' });
    const refund = await made('refunds', {
      ...part,
      id: '1',
      amount: '50.04',
      modeId: 'bank',
      reference: 'ch',
    });
    expect(refund).toMatchObject({ owned: { creditNoteXeroId: note.xeroId, reference: 'ch' } });

    const notes = await listed('credit-notes');
    expect(notes.records).toMatchObject([
      { xeroId: note.xeroId, derived: { status: 'paid', credited: '40.00', paid: '50.04', due: '0.00' } },
    ]);
    expect(notes.others.get('credit-applications')).toMatchObject([
      { xeroId: applied.xeroId, keys: { number: applied.keys.number } },
    ]);
    const payments = await listed('payments');
    expect(payments.records).toEqual([]);
    expect(payments.others.get('refunds')).toMatchObject([{ xeroId: refund.xeroId, owned: refund.owned }]);
    const read = await world.session.read({ entity: 'invoices', ids: [invoice.xeroId], lane: 'event' });
    expect(read.records).toMatchObject([{ derived: { credited: '40.00', due: '50.04' } }]);
  });

  it('credits are taken out in the order that Xero asks for: refund, allocation, note, invoice', async () => {
    const invoices = await listed('invoices');
    const notes = await listed('credit-notes');
    const refunds = await listed('refunds');
    const [invoice] = invoices.records;
    const [note] = notes.records;
    const [allocation] = notes.others.get('credit-applications') ?? [];
    const [refund] = refunds.records;
    if (!invoice || !note || !allocation || !refund) throw new Error('something is missing');
    expect(await voided('credit-notes', note)).toMatchObject({ state: 'refused' });
    expect(await voided('refunds', refund)).toMatchObject({ record: { derived: { status: 'deleted' } } });
    expect(await voided('credit-applications', allocation)).toMatchObject({
      record: { xeroId: allocation.xeroId, derived: { status: 'deleted' } },
    });
    // Already gone is what was wanted.
    expect(await voided('credit-applications', allocation)).toMatchObject({ state: 'accepted' });
    expect(await voided('credit-notes', note)).toMatchObject({ record: { derived: { status: 'voided' } } });
    expect(await voided('invoices', invoice)).toMatchObject({ record: { derived: { status: 'voided' } } });
  });

  it('an expense comes to its total although Xero takes no tax of ours, and is deleted', async () => {
    const expense = await made(
      'expenses',
      someExpense({ reference: 'R-1', note: 'two', amount: '0.90', taxes: [VAT, LEVY], total: '1.10' }),
    );
    // 0.90 at 22.5 % is 0.20 in one; 0.18 and 0.02 in two.
    expect(expense).toMatchObject({
      owned: { reference: 'R-1', lineAmountTypes: 'Exclusive' },
      derived: { status: 'approved', total: '1.10', reconciled: false },
    });
    const page = await listed('expenses');
    expect(page.records).toMatchObject([
      { xeroId: expense.xeroId, owned: expense.owned, keys: expense.keys },
    ]);
    expect(await voided('expenses', expense)).toMatchObject({ record: { derived: { status: 'deleted' } } });
  });

  it('a purchase order has its discounts, fee and total, is listed by its change, read by id and deleted', async () => {
    const line = { ...HOURS, quantity: '4', unitPrice: '10', discount: '4' };
    const order = await made(
      'purchase-orders',
      someOrder({
        lines: [line],
        discountTotal: '6',
        shippingFee: '5',
        subtotal: '36',
        totalTax: '6',
        total: '41',
      }),
    );
    expect(order).toMatchObject({
      owned: { number: 'PO-1', deliveryDate: '2026-12-01' },
      derived: { status: 'approved', total: '41.00', tax: '6.00' },
    });
    const page = await listed('purchase-orders');
    expect(page.records).toMatchObject([{ xeroId: order.xeroId, owned: order.owned }]);
    const missing = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    const ids = [order.xeroId, missing];
    const read = await world.session.read({ entity: 'purchase-orders', ids, lane: 'event' });
    expect(read.records).toMatchObject([{ xeroId: order.xeroId }]);
    expect(await voided('purchase-orders', order)).toMatchObject({
      record: { derived: { status: 'deleted' } },
    });
  });

  it('whatever stands there as it was sent is the record of the CRM again', async () => {
    const back = backOf(references);
    const sets = new Map(
      [...back.taxSets].map(([type, found]) => [type, found.map((set) => set.map(asVat))]),
    );
    const round = async <E extends Entity>(
      entity: E,
      base: CanonicalRecord<E>,
      owned: (keyof CanonicalRecord<E>)[],
    ) => {
      const record = JSON.parse(JSON.stringify(await made(entity, base))) as XeroRecord;
      const result = world.xero.canonical<E>({
        entity,
        record,
        base,
        references: { ...back, taxSets: sets },
      });
      if (!result.ok) throw new Error(`${result.code} ${JSON.stringify(result.meta)}`);
      for (const field of owned) expect(result.record[field]).toEqual(base[field]);
      const { record: fresh } = world.xero.canonical<E>({
        entity,
        record,
        base: null,
        references: { ...back, taxSets: sets },
      }) as {
        record: CanonicalRecord<E>;
      };
      return fresh;
    };
    const money = [
      'lines',
      'discountTotal',
      'subtotal',
      'totalTax',
      'total',
      'reference',
      'date',
      'number',
    ] as const;
    const rest = { ...SOLD, discountTotal: '5.03', totalTax: '14.00', total: '84.00', reference: 'PO 9' };
    await round('invoices', someInvoice({ ...rest, id: '20', number: 'INV-R' }), [
      ...money,
      'customerId',
      'dueDate',
    ]);
    const note = someCreditNote({ ...rest, id: '20', number: 'CN-R' });
    expect(await round('credit-notes', note, [...money, 'customerId'])).toMatchObject({
      discountTotal: '5.03',
    });
    const spent = someExpense({ id: '20', amount: '0.90', taxes: [VAT, LEVY], total: '1.10', note: 'two' });
    const expense = await round('expenses', spent, [
      'amount',
      'taxes',
      'total',
      'name',
      'note',
      'vendorId',
      'modeId',
    ]);
    expect(expense).toMatchObject({ amount: '0.9', total: '1.10', note: 'two' });
    const line = { ...HOURS, quantity: '4', unitPrice: '10', discount: '4' };
    const order = someOrder({
      id: '20',
      number: 'PO-R',
      lines: [line],
      subtotal: '36',
      totalTax: '7.2',
      total: '43.2',
    });
    await round('purchase-orders', order, ['lines', 'subtotal', 'totalTax', 'total', 'vendorId', 'status']);
  });

  it('a draft is deleted, a contact archived, an item and a tax rate deleted, a payment reversed', async () => {
    const approved = references;
    references = { ...references, invoiceStatus: 'DRAFT' };
    const draft = await made('invoices', someInvoice({ ...SOLD, id: '2', number: 'INV-D' }));
    references = approved;
    expect(await voided('invoices', draft)).toMatchObject({ record: { derived: { status: 'deleted' } } });
    const bob = await made('customers', { ...CONTACT, id: '9', name: 'Bob' });
    expect(await voided('customers', bob)).toMatchObject({ record: { derived: { status: 'archived' } } });
    const item = { id: '3', code: 'I3', name: 'I', description: null, unitPrice: '1', taxes: [] };
    expect(await voided('items', await made('items', item))).toMatchObject({ state: 'accepted' });
    expect((await listed('items')).records.filter(({ keys }) => keys.number === 'I3')).toEqual([]);
    const tax = await made('taxes', { id: 'Tmp|3', components: [{ name: 'Tmp', rate: '3' }] });
    expect(await voided('taxes', tax)).toMatchObject({ record: { derived: { status: 'deleted' } } });
    await made('invoices', someInvoice({ ...SOLD, id: '3', number: 'INV-P' }));
    const paid = { invoiceId: '3', date: '2026-11-20', amount: '90.04', currency: 'USD' };
    const payment = await made('payments', { id: '1', ...paid, modeId: 'bank', reference: null });
    expect(await voided('payments', payment)).toMatchObject({ record: { derived: { status: 'deleted' } } });
    expect((await listed('vendors')).records.length).toBeGreaterThan(2);
  });

  it('reads branding themes and tracking categories', async () => {
    const settings = await world.session.documentSettings();
    expect(settings.brandingThemes.some(({ isDefault }) => isDefault)).toBe(true);
    expect(Array.isArray(settings.trackingCategories)).toBe(true);
  });
});
