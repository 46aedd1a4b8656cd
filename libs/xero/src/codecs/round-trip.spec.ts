import { type CanonicalRecord, decimal, type Entity, type Json, plain, taxSetKey } from '@sync/domain';
import type { CanonicalResult, XeroRecord } from '@sync/engine';
import fc from 'fast-check';
import { ENDPOINTS } from '../endpoints.js';
import { backOf } from '../testing/back-references.js';
import { someCreditNote, someExpense, someInvoice, someOrder } from '../testing/documents.js';
import {
  anyExpenseMoney,
  anyLine,
  anyMoney,
  anyOrderMoney,
  plainLine,
  RATES,
  TAX_SETS,
  TAX_TYPES,
} from '../testing/random-documents.js';
import { someReferences } from '../testing/references.js';
import { xeroHolds } from '../testing/xero-holds.js';
import { canonical, CODECS, encode } from './index.js';

const MARKER = '0198a2b4-7c11-7d3e-9b1a-0a1b2c3d4e5f';

const references = someReferences({
  parents: new Map<Entity, ReadonlyMap<string, string>>([
    ['customers', new Map([['7', 'contact-7']])],
    ['vendors', new Map([['8', 'contact-8']])],
    ['invoices', new Map([['5', 'invoice-5']])],
    ['credit-notes', new Map([['6', 'note-6']])],
    ['items', new Map([['3', 'ITEM-3']])],
  ]),
  taxTypes: TAX_TYPES,
  purchaseTaxTypes: TAX_TYPES,
  expenseAccounts: new Map([
    ['travel', '493'],
    ['trains', '493'],
  ]),
  bankAccounts: new Map([
    ['bank', 'account-1'],
    ['card', 'account-1'],
    ['none', 'account-1'],
  ]),
});
const taxSets = new Map(TAX_SETS.map((set) => [TAX_TYPES.get(taxSetKey(set)) ?? '', [set]]));
const back = backOf(references, { taxSets });

/** What Xero sends of a record after it was sent to it. */
function held<E extends Entity>(entity: E, record: CanonicalRecord<E>): XeroRecord | null {
  const sent = encode<E>({
    entity,
    action: 'create',
    record,
    marker: MARKER,
    xeroId: null,
    changed: null,
    distinctName: false,
    references,
  });
  if (!sent.ok) return null;
  const decoded = CODECS[entity].decode({ ...stored(entity, sent.element), ...IDS });
  // Records are kept as JSON.
  return JSON.parse(JSON.stringify(decoded)) as XeroRecord;
}

const IDS = {
  ContactID: 'x',
  ContactStatus: 'ACTIVE',
  ItemID: 'x',
  InvoiceID: 'x',
  CreditNoteID: 'x',
  AllocationID: 'x',
  PaymentID: 'x',
  BankTransactionID: 'x',
  PurchaseOrderID: 'x',
  TaxType: 'x',
};

function stored(entity: Entity, element: Json): object {
  const { resource } = ENDPOINTS[entity];
  const hasLines = typeof element === 'object' && element !== null && 'LineItems' in element;
  return hasLines ? xeroHolds(resource, element, RATES) : (element as object);
}

/** The record that comes back; `base` is what the CRM holds. */
function returned<E extends Entity>(
  entity: E,
  record: XeroRecord,
  base: CanonicalRecord<E> | null,
): CanonicalRecord<E> {
  const result: CanonicalResult<E> = canonical<E>({ entity, record, base, references: back });
  if (!result.ok) throw new Error(`${result.code} ${JSON.stringify(result.meta)}`);
  return result.record;
}

/** Each number in its shortest form, so that `5.00` and `5` are one. */
function normal(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' && /^-?\d+(\.\d+)?$/.test(part) ? plain(part) : part,
  );
  return JSON.parse(text) as unknown;
}

/** The part of the records that was written, else a property would hold of an encoder that parks everything. */
function roundTrips<E extends Entity>(
  entity: E,
  records: fc.Arbitrary<CanonicalRecord<E>>,
  check: (record: CanonicalRecord<E>, xero: XeroRecord) => void,
  numRuns = 500,
): number {
  let written = 0;
  fc.assert(
    fc.property(records, (record) => {
      const xero = held(entity, record);
      if (xero === null) return;
      written += 1;
      check(record, xero);
    }),
    { numRuns },
  );
  return written / numRuns;
}

const text = fc.oneof(
  fc.constantFrom(null, 'Acme <Ltd>', '  two  spaces ', 'x'.repeat(300), 'Zoë'),
  fc.string({ maxLength: 60 }).filter((value) => value.trim() !== ''),
);
const word = fc.stringMatching(/^[A-Za-z]{2,20}( [A-Za-z]{2,20})?$/);
const isDay = fc
  .integer({ min: 0, max: 4000 })
  .map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10));

const anyInvoice = fc
  .record({
    money: anyMoney(anyLine, { off: 5 }),
    number: text,
    reference: text,
    date: isDay,
    dueDate: fc.option(isDay),
  })
  .map(({ money, ...fields }) => someInvoice({ ...fields, ...money }));
const anyCreditNote = fc
  .record({ money: anyMoney(anyLine, { off: 5 }), reference: text, date: isDay })
  .map(({ money, ...fields }) => someCreditNote({ ...fields, ...money }));
const anyOrder = fc
  .record({
    money: anyOrderMoney(anyLine),
    reference: text,
    deliveryDate: fc.option(isDay),
    status: fc.constantFrom('open' as const, 'approved' as const),
  })
  .map(({ money, ...fields }) => someOrder({ ...fields, ...money }));
const anyExpense = fc
  .record({
    money: anyExpenseMoney,
    name: text,
    note: text,
    reference: text,
    categoryId: fc.constantFrom('travel', 'trains'),
    modeId: fc.constantFrom(null, 'bank', 'card'),
    date: isDay,
  })
  .map(({ money, ...fields }) => someExpense({ ...fields, ...money }));
const address = fc.option(
  fc.record({
    lines: fc.array(word, { minLength: 1, maxLength: 4 }),
    city: fc.option(word),
    region: fc.option(text.map((value) => value ?? 'Kent')),
    postalCode: fc.option(word),
    country: fc.option(fc.constantFrom("Côte d'Ivoire", 'Malaysia')),
  }),
);
const anyContact = fc.record({
  id: fc.constant('17'),
  name: text.map((value) => value ?? 'Acme'),
  firstName: text,
  lastName: text,
  email: fc.constantFrom(null, 'ada@example.com', 'not an address'),
  phone: text,
  taxNumber: text,
  currency: fc.constantFrom(null, 'USD', 'EUR'),
  billingAddress: address,
  streetAddress: address,
  people: fc.array(
    fc.record({ firstName: text, lastName: text, email: fc.constantFrom(null, 'b@example.com') }),
    {
      maxLength: 7,
    },
  ),
  active: fc.constant(true),
});
const anyItem = fc.record({
  id: fc.constant('3'),
  code: fc.constantFrom(null, 'HOUR'),
  name: text.map((value) => value ?? 'Hour'),
  description: text,
  unitPrice: fc.constantFrom('12.3456789', '12.50', '0', '7'),
  taxes: fc.constantFrom(...TAX_SETS),
});
const paid = {
  date: isDay,
  amount: fc
    .integer({ min: 1, max: 1_000_000 })
    .map((cents) => decimal(String(cents)).dividedBy(100).toFixed(2)),
  currency: fc.constant('USD'),
};
const mode = { modeId: fc.constantFrom('bank', 'card'), reference: text };
const anyPayment = fc.record({ id: fc.constant('1'), invoiceId: fc.constant('5'), ...paid, ...mode });
const anyRefund = fc.record({ id: fc.constant('1'), creditNoteId: fc.constant('6'), ...paid, ...mode });
const anyApplication = fc.record({
  id: fc.constant('1'),
  creditNoteId: fc.constant('6'),
  invoiceId: fc.constant('5'),
  ...paid,
});
const anyTax = fc.constantFrom(...TAX_SETS.filter((set) => set.length > 0)).map((components) => ({
  id: components
    .map(({ name, rate }) => `${name}|${Number(rate)}`)
    .toSorted()
    .join('+'),
  components,
}));

describe('a record that stands in Xero as it was sent', () => {
  const same = <E extends Entity>(entity: E, records: fc.Arbitrary<CanonicalRecord<E>>, atLeast: number) =>
    it(`is the CRM's own again: ${entity}`, () => {
      const written = roundTrips(entity, records, (record, xero) =>
        expect(returned(entity, xero, record)).toEqual(record),
      );
      expect(written).toBeGreaterThanOrEqual(atLeast);
    });
  same('invoices', anyInvoice, 0.5);
  same('credit-notes', anyCreditNote, 0.5);
  same('purchase-orders', anyOrder, 0.5);
  same('expenses', anyExpense, 0.9);
  same('customers', anyContact, 0.9);
  same('vendors', anyContact, 0.9);
  same('items', anyItem, 0.9);
  same('payments', anyPayment, 1);
  same('refunds', anyRefund, 1);
  same('credit-applications', anyApplication, 1);
  same('taxes', anyTax, 1);
});

/** A discount that is worth a cent on every line, and leaves something of it. */
const modest = ({
  discountTotal,
  subtotal,
  lines,
}: {
  discountTotal: string;
  subtotal: string;
  lines: readonly { quantity: string; unitPrice: string }[];
}) =>
  decimal(discountTotal).lte(decimal(subtotal).times('0.7')) &&
  lines.every(({ quantity, unitPrice }) => decimal(quantity).times(unitPrice).gte(1));

/** Whether a discount was taken before or after tax shows only where there is tax. */
function timed<
  T extends {
    discountTotal: string;
    discountTiming: string;
    lines: readonly { taxes: readonly unknown[] }[];
  },
>(record: T): T {
  const shows = !decimal(record.discountTotal).isZero() && record.lines.some(({ taxes }) => taxes.length > 0);
  return shows ? record : { ...record, discountTiming: 'before-tax' };
}

describe('a record of Xero that the CRM does not know', () => {
  it('is the invoice that was sent, as far as Xero can say it', () => {
    const records = anyMoney(plainLine, { off: 5 })
      .filter(modest)
      .map((money) => someInvoice({ ...money, reference: 'PO 7' }));
    const written = roundTrips('invoices', records, (record, xero) =>
      expect(normal(returned('invoices', xero, null))).toEqual(normal({ ...timed(record), id: '' })),
    );
    expect(written).toBeGreaterThan(0.8);
  });

  it('is the credit note that was sent', () => {
    const records = anyMoney(plainLine, { off: 5 })
      .filter(modest)
      .map((money) => someCreditNote(money));
    const written = roundTrips('credit-notes', records, (record, xero) =>
      expect(normal(returned('credit-notes', xero, null))).toEqual(normal({ ...timed(record), id: '' })),
    );
    expect(written).toBeGreaterThan(0.8);
  });

  it('is the purchase order that was sent, its total included, although some discounts went into prices', () => {
    const written = roundTrips(
      'purchase-orders',
      anyOrderMoney(plainLine).map((money) => someOrder(money)),
      (record, xero) => {
        const { lines, discountTotal, subtotal, ...rest } = returned('purchase-orders', xero, null);
        const { lines: own, discountTotal: _, subtotal: __, ...known } = record;
        expect(normal(rest)).toEqual(normal({ ...known, id: '' }));
        expect(lines.map(({ taxes, itemId }) => ({ taxes, itemId }))).toEqual(
          own.map(({ taxes, itemId }) => ({ taxes, itemId })),
        );
        const net = decimal(subtotal).minus(discountTotal);
        expect(net.toFixed(2)).toBe(decimal(record.subtotal).minus(record.discountTotal).toFixed(2));
      },
    );
    expect(written).toBeGreaterThan(0.95);
  });

  it('is the expense, payment, refund and application that was sent', () => {
    const clean = anyExpense.map((expense) => ({ ...expense, name: 'Train', note: null, reference: 'R 1' }));
    roundTrips('expenses', clean, (record, xero) => {
      const { categoryId, categoryName, modeId, ...rest } = returned('expenses', xero, null);
      const { categoryId: _, categoryName: __, modeId: ___, ...known } = record;
      expect(normal(rest)).toEqual(normal({ ...known, id: '' }));
      expect([categoryId, categoryName, modeId]).toEqual(['travel', 'TRAVEL', 'bank']);
    });
    const marked = { reference: 'ch 1', modeId: 'bank', id: '' };
    roundTrips('payments', anyPayment, (record, xero) =>
      expect({ ...returned('payments', xero, null), ...marked }).toEqual({ ...record, ...marked }),
    );
    roundTrips('refunds', anyRefund, (record, xero) =>
      expect({ ...returned('refunds', xero, null), ...marked }).toEqual({ ...record, ...marked }),
    );
    roundTrips('credit-applications', anyApplication, (record, xero) =>
      expect(returned('credit-applications', xero, null)).toEqual({ ...record, id: '' }),
    );
  });
});
