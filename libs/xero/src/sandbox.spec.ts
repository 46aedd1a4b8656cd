import { randomUUID } from 'node:crypto';
import type { CanonicalRecord } from '@sync/domain';
import type { References } from '@sync/engine';
import { someReferences } from './testing/references.js';
import { create, idOf, memberOf, startWorld, type World } from './testing/sandbox-world.js';

const VAT = { name: 'VAT', rate: '20' };
const BANK_MODE = 'bank-1';

function customer(
  id: string,
  change: Partial<CanonicalRecord<'customers'>> = {},
): CanonicalRecord<'customers'> {
  return {
    id,
    name: `Customer ${id} <Ltd>`,
    firstName: 'Ada',
    lastName: 'Byron',
    email: `ada${id}@example.com`,
    phone: '+44 20 7946 0000',
    taxNumber: `GB${id}`,
    currency: 'USD',
    billingAddress: {
      lines: ['1 High St'],
      city: 'York',
      region: null,
      postalCode: 'YO1',
      country: "Côte d'Ivoire",
    },
    streetAddress: null,
    people: [{ firstName: 'Bo', lastName: null, email: 'bo@example.com' }],
    active: true,
    ...change,
  };
}

function invoice(
  number: string,
  change: Partial<CanonicalRecord<'invoices'>> = {},
): CanonicalRecord<'invoices'> {
  return {
    id: number,
    number,
    reference: 'PO 7',
    customerId: '1',
    date: '2026-11-20',
    dueDate: '2026-12-20',
    currency: 'USD',
    status: 'open',
    // Perfex rounds 5.002 + 5.002 + 5.002 to 15.01, Xero would add three times 5.00.
    lines: Array.from({ length: 3 }, () => ({
      description: 'Consulting',
      quantity: '1',
      unitPrice: '25.01',
      taxes: [VAT],
      itemId: null,
    })),
    discountTiming: 'before-tax',
    discountTotal: '0',
    adjustment: '-1.25',
    subtotal: '75.03',
    totalTax: '15.01',
    total: '88.79',
    paid: '0',
    sent: false,
    credited: '0',
    ...change,
  };
}

describe('the adapter against the stand-in Xero', () => {
  let world: World;
  let references: References;

  beforeAll(async () => {
    world = await startWorld();
    const { data: reference } = await world.session.reference();
    const account = (test: (account: (typeof reference.accounts)[number]) => boolean) => {
      const found = reference.accounts.find(test);
      if (found === undefined) throw new Error('the chart of accounts lacks an account');
      return found;
    };
    references = someReferences({
      accounts: {
        sales: account(({ class: kind, code }) => kind === 'REVENUE' && code !== null).code ?? '',
        rounding: account(({ systemAccount }) => systemAccount === 'ROUNDING').code ?? '',
        expenses: account(({ class: kind, code }) => kind === 'EXPENSE' && code !== null).code,
      },
      bankAccounts: new Map([[BANK_MODE, account(({ type }) => type === 'BANK').accountId]]),
      publicUrl: 'https://sync.example.com',
      baseCurrency: reference.organisation.baseCurrency,
    });
    const tax = await create(world, 'taxes', [{ id: 'VAT|20', components: [VAT] }], references);
    references = {
      ...references,
      taxTypes: new Map([...references.taxTypes, ['VAT|20', idOf(tax.results[0])]]),
    };
    const customers = await create(world, 'customers', [customer('1'), customer('2')], references);
    const ids = new Map(customers.results.map((result, index) => [String(index + 1), idOf(result)]));
    references = { ...references, parents: new Map([['customers', ids]]) };
  });

  afterEach(async () => {
    await world.control('faults', { rules: [] });
  });

  afterAll(async () => {
    await world.session.close();
    await world.sandbox.close();
  });

  it('reads the reference data with five calls', async () => {
    const before = world.callLog.calls.length;
    const { data: reference } = await world.session.reference();
    expect(world.callLog.calls.length - before).toBe(5);
    expect(reference.mayApproveInvoices).toBe(true);
    expect(reference.taxRates.find(({ name }) => name === 'VAT 20%')).toMatchObject({
      components: [{ name: 'VAT', rate: '20', compound: false }],
    });
  });

  it('posts an invoice that has the total and the tax of the CRM, to the cent, and reads it back alike', async () => {
    const { results, members } = await create(
      world,
      'invoices',
      [invoice('INV-1'), invoice('INV-2')],
      references,
    );
    for (const result of results) {
      expect(result).toMatchObject({
        state: 'accepted',
        record: { derived: { status: 'approved', total: '88.79', tax: '15.01', paid: '0.00', due: '88.79' } },
      });
    }
    const page = await world.session.list({
      entity: 'invoices',
      modifiedSince: null,
      page: 1,
      lane: 'event',
    });
    for (const [index, member] of members.entries()) {
      const result = results[index];
      const listed = page.records.find(({ keys }) => keys.marker === member.marker);
      expect(result?.state === 'accepted' && result.record.owned).toEqual(listed?.owned);
      expect(listed?.owned).toMatchObject({
        number: `INV-${index + 1}`,
        reference: 'PO 7',
        date: '2026-11-20',
      });
    }
  });

  it('reads a customer back as it wrote it', async () => {
    const page = await world.session.list({
      entity: 'customers',
      modifiedSince: null,
      page: 1,
      lane: 'event',
    });
    const listed = page.records.find(({ keys }) => keys.taxNumber === 'GB1');
    expect(listed?.owned).toMatchObject({
      name: 'Customer 1 Ltd',
      email: 'ada1@example.com',
      phone: '+44 20 7946 0000',
      billingAddress: {
        lines: ['1 High St'],
        city: 'York',
        region: null,
        postalCode: 'YO1',
        country: 'Cote d Ivoire',
      },
      people: [{ firstName: 'Bo', lastName: null, email: 'bo@example.com' }],
    });
    expect(page.more).toBe(false);
  });

  it('posts items and payments, and finds a payment by its marker', async () => {
    const item = { id: '9', code: null, name: 'Hour', description: null, unitPrice: '12.3456', taxes: [VAT] };
    const items = await create(world, 'items', [item], references);
    expect(items.results[0]).toMatchObject({ record: { owned: { code: 'ITEM-9', unitPrice: '12.3456' } } });
    const invoices = await create(world, 'invoices', [invoice('INV-3')], references);
    const withInvoice = {
      ...references,
      parents: new Map([
        ...references.parents,
        ['invoices' as const, new Map([['5', idOf(invoices.results[0])]])],
      ]),
    };
    const payment = {
      id: '1',
      invoiceId: '5',
      date: '2026-11-20',
      amount: '8.79',
      currency: 'USD',
      modeId: BANK_MODE,
      reference: 'ch_1',
    };
    const paid = await create(world, 'payments', [payment], withInvoice);
    const page = await world.session.list({
      entity: 'payments',
      modifiedSince: null,
      page: 1,
      lane: 'event',
    });
    const listed = page.records.find(({ keys }) => keys.marker === paid.members[0]?.marker);
    expect(listed).toMatchObject({
      xeroId: idOf(paid.results[0]),
      owned: { amount: '8.79', reference: 'ch_1' },
    });
  });

  it('says of each refused member what is wrong, and lets the others through', async () => {
    await create(world, 'invoices', [invoice('INV-10')], references);
    const { results } = await create(
      world,
      'invoices',
      [invoice('INV-11'), invoice('INV-10'), invoice('INV-12')],
      references,
    );
    expect(results.map(({ state }) => state)).toEqual(['accepted', 'refused', 'accepted']);
    expect(results[1]).toMatchObject({ error: { kind: 'validation', code: 'INVOICE_NUMBER_TAKEN' } });
    const taken = await create(world, 'customers', [customer('8', { name: 'customer 1 ltd' })], references);
    expect(taken.results[0]).toMatchObject({
      error: { code: 'CUSTOMER_NAME_TAKEN', meta: { name: 'customer 1 ltd' } },
    });
  });

  it.each(['500-after-commit', 'reset-after-commit', 'truncated-body', 'html-200'])(
    'cannot say what a write came to after %s, and learns it from the same key and bytes',
    async (kind) => {
      await world.control('faults', {
        rules: [{ kind, method: 'PUT', times: 1, probability: 1, remembered: false }],
      });
      const [batchId, members] = [randomUUID(), [memberOf()]];
      const send = () => create(world, 'invoices', [invoice(`F-${kind}`)], references, batchId, members);
      await expect(send()).rejects.toMatchObject({ kind: 'unknown-outcome' });
      const again = await send();
      const page = await world.session.list({
        entity: 'invoices',
        modifiedSince: null,
        page: 1,
        lane: 'event',
      });
      const made = page.records.filter(({ keys }) => keys.number === `F-${kind}`);
      expect(made.map(({ xeroId }) => xeroId)).toEqual([idOf(again.results[0])]);
    },
  );

  it('fails a listing that comes as HTML instead of taking it for an empty one', async () => {
    await world.control('faults', { rules: [{ kind: 'html-200', method: 'GET', times: 1, probability: 1 }] });
    const listing = world.session.list({ entity: 'invoices', modifiedSince: null, page: 1, lane: 'event' });
    await expect(listing).rejects.toMatchObject({ kind: 'transient' });
  });

  it('lists what changed since a moment', async () => {
    const everything = await world.session.list({
      entity: 'invoices',
      modifiedSince: null,
      page: 1,
      lane: 'event',
    });
    const later = new Date(everything.answeredAt.getTime() + 60_000);
    const nothing = await world.session.list({
      entity: 'invoices',
      modifiedSince: later,
      page: 1,
      lane: 'event',
    });
    expect(everything.records.length).toBeGreaterThan(0);
    expect(nothing.records).toEqual([]);
  });

  it('renews a token that Xero calls expired, once for all callers, and goes on', async () => {
    await world.control('clock', { advanceMs: 31 * 60_000 });
    const before = world.vault.refreshes;
    const pages = [1, 1, 1].map((page) =>
      world.session.list({ entity: 'items', modifiedSince: null, page, lane: 'event' }),
    );
    await Promise.all(pages);
    expect(world.vault.refreshes - before).toBe(1);
  });

  it('obeys a 429 and remembers it for the next holder of the lease', async () => {
    await world.control('faults', { rules: [{ kind: '429-minute', times: 1, probability: 1 }] });
    const listing = world.session.list({ entity: 'items', modifiedSince: null, page: 1, lane: 'event' });
    const error = await listing.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'rate-limited', retryAt: world.callLog.held?.until });
    expect(world.session.room('event')).toMatchObject({ open: false });
    const next = await world.xero.open(world.connection, () => undefined, new AbortController().signal);
    expect(next.room('event')).toMatchObject({ open: false, until: world.callLog.held?.until });
    await next.close();
  });
});
