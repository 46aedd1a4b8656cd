import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type CanonicalRecord,
  decimal,
  type Entity,
  type Invoice,
  money,
  plain,
  taxSetKey,
} from '@sync/domain';
import type { BackReferences } from '@sync/engine';
import { z } from 'zod';
import { invoicesCodec } from './codecs/documents/invoices.js';
import { canonical, encode } from './codecs/index.js';
import { lineTax } from './codecs/money/priced-line.js';
import { ENDPOINTS } from './endpoints.js';
import { readRecords } from './envelope.js';
import { describeWithFacts, FACTS_DIR } from './testing/facts.js';
import { someReferences } from './testing/references.js';

/** Entities of which lists were recorded. */
const RECORDED = [
  'customers',
  'vendors',
  'items',
  'invoices',
  'payments',
  'expenses',
  'bills',
  'bill-payments',
  'purchase-orders',
] as const satisfies readonly Entity[];

const recording = z.array(z.object({ status: z.number(), response: z.record(z.string(), z.unknown()) }));

const document = z.looseObject({
  Type: z.string(),
  InvoiceID: z.string().default(''),
  LineAmountTypes: z.string(),
  LineItems: z.array(
    z.looseObject({
      Quantity: z.number(),
      UnitAmount: z.number(),
      LineAmount: z.number(),
      TaxAmount: z.number(),
      TaxType: z.string().optional(),
    }),
  ),
  SubTotal: z.number(),
  TotalTax: z.number(),
  Total: z.number(),
});
type Document = z.infer<typeof document>;
type LineItem = Document['LineItems'][number];

const lined = z.looseObject({ Type: z.string(), LineItems: z.array(z.unknown()) });

const purchase = z.looseObject({
  Type: z.string(),
  DateString: z.string(),
  Contact: z.looseObject({ ContactID: z.string() }),
  LineItems: z.array(z.unknown()),
  TotalTax: z.number(),
  Total: z.number(),
});

/** Every list of this name in the recorded answers. */
function recorded(resource: string): unknown[] {
  const dir = resolve(FACTS_DIR, 'recordings');
  return readdirSync(dir).flatMap((file) => {
    const calls = recording.safeParse(JSON.parse(readFileSync(resolve(dir, file), 'utf8')));
    return (calls.data ?? []).flatMap(({ response }) =>
      z.array(z.unknown()).catch([]).parse(response[resource]),
    );
  });
}

/** Sales documents that were recorded with their lines. */
function documents(): Document[] {
  return z
    .array(z.unknown())
    .parse(recorded('Invoices'))
    .map((element) => document.parse(element))
    .filter(({ Type, LineItems }) => Type === 'ACCREC' && LineItems.length > 0);
}

function number(value: number): string {
  return plain(String(value));
}

/** The rate of each tax type in percent: the shortest number that explains every recorded line without tax in its price. */
function inferRates(all: readonly Document[]): Map<string, string> {
  const lines = all
    .filter(({ LineAmountTypes }) => LineAmountTypes === 'Exclusive')
    .flatMap(({ LineItems }) => LineItems);
  const taxTypes = new Set(lines.map(({ TaxType = 'NONE' }) => TaxType));
  return new Map(
    [...taxTypes].map((type) => [type, rateOf(lines.filter(({ TaxType = 'NONE' }) => TaxType === type))]),
  );
}

function rateOf(lines: readonly LineItem[]): string {
  const least = Math.max(
    ...lines.map(({ LineAmount, TaxAmount }) => ((TaxAmount - 0.005) / LineAmount) * 100),
  );
  const most = Math.min(
    ...lines.map(({ LineAmount, TaxAmount }) => ((TaxAmount + 0.005) / LineAmount) * 100),
  );
  const middle = (least + most) / 2;
  const shortest = [0, 1, 2, 3, 4]
    .map((places) => middle.toFixed(places))
    .find((rate) => Number(rate) >= least && Number(rate) < most);
  if (shortest === undefined) throw new Error('no rate explains the recorded lines');
  return shortest;
}

/** The document as a CRM would hold it: prices without tax, total and tax as they stand. */
function asCrmInvoice(recordedOne: Document, rates: ReadonlyMap<string, string>): Invoice {
  const lines = recordedOne.LineItems.map((item) => crmLine(item, recordedOne.LineAmountTypes, rates));
  return {
    id: recordedOne.InvoiceID,
    number: null,
    reference: null,
    customerId: '1',
    date: '2026-04-24',
    dueDate: null,
    currency: 'USD',
    status: 'open',
    lines,
    discountTiming: 'before-tax',
    discountTotal: '0',
    adjustment: '0',
    subtotal: number(recordedOne.SubTotal),
    totalTax: number(recordedOne.TotalTax),
    total: number(recordedOne.Total),
    paid: '0',
    credited: '0',
  };
}

function crmLine(item: LineItem, mode: string, rates: ReadonlyMap<string, string>): Invoice['lines'][number] {
  const rate = rates.get(item.TaxType ?? 'NONE') ?? '0';
  const inclusive = mode === 'Inclusive';
  const net = money(decimal(number(item.LineAmount)).minus(number(item.TaxAmount)));
  return {
    description: 'Line',
    quantity: inclusive ? '1' : number(item.Quantity),
    unitPrice: inclusive ? net : number(item.UnitAmount),
    taxes: Number(rate) === 0 ? [] : [{ name: 'Tax', rate }],
    itemId: null,
  };
}

function encodeDocument(record: CanonicalRecord<'invoices'>, rates: ReadonlyMap<string, string>) {
  const taxTypes = new Map([...rates.values()].map((rate) => [`Tax|${plain(rate)}`, `T${rate}`]));
  return invoicesCodec.encode({
    entity: 'invoices',
    action: 'create',
    record,
    marker: 'marker',
    xeroId: null,
    changed: null,
    distinctName: false,
    references: someReferences({
      parents: new Map([['customers', new Map([['1', 'contact']])]]),
      taxTypes: new Map([...taxTypes, ['none', 'NONE']]),
      allowedCents: 0,
    }),
  });
}

describeWithFacts('recordings', 'what Xero itself answered', () => {
  it.each(RECORDED)('%s are read, all of them', (entity) => {
    const elements = recorded(ENDPOINTS[entity].resource);
    expect(elements.length).toBeGreaterThan(0);
    const records = readRecords(entity, elements);
    expect(records).toHaveLength(elements.filter((element) => isOurs(entity, element)).length);
    expect(records.every(({ xeroId }) => xeroId.length > 10)).toBe(true);
    expect(records.every(({ updatedAt }) => updatedAt !== null)).toBe(true);
  });

  it('keeps amounts, lines and days of every recorded sales invoice', () => {
    for (const recordedOne of documents()) {
      const [record] = readRecords('invoices', [recordedOne]);
      expect(record?.derived).toMatchObject({
        total: money(number(recordedOne.Total)),
        tax: money(number(recordedOne.TotalTax)),
      });
      expect(record?.owned['date']).toBe(dayOf(recordedOne['DateString']));
      expect(record?.owned['dueDate']).toBe(dayOf(recordedOne['DueDateString']));
      expect(record?.owned['lines']).toHaveLength(recordedOne.LineItems.length);
    }
  });

  it.each<['expenses' | 'bills' | 'purchase-orders', string]>([
    ['expenses', 'BankTransactions'],
    ['bills', 'Invoices'],
    ['purchase-orders', 'PurchaseOrders'],
  ])('keeps amounts, lines, days and contacts of all recorded %s', (entity, resource) => {
    const all = recorded(resource).map((element) => purchase.parse(element));
    for (const recordedOne of all.filter(({ Type }) => Type !== 'RECEIVE' && Type !== 'ACCREC')) {
      const [record] = readRecords(entity, [recordedOne]);
      expect(record?.derived).toMatchObject({
        total: money(number(recordedOne.Total)),
        tax: money(number(recordedOne.TotalTax)),
      });
      expect(record?.owned['date']).toBe(dayOf(recordedOne.DateString));
      expect(record?.owned['contactXeroId']).toBe(recordedOne.Contact.ContactID);
      expect(record?.owned['lines']).toHaveLength(recordedOne.LineItems.length);
    }
  });

  it('computes the tax of each recorded line without tax in its price as Xero did', () => {
    const all = documents();
    const rates = inferRates(all);
    for (const { LineItems } of all.filter(({ LineAmountTypes }) => LineAmountTypes === 'Exclusive')) {
      for (const { LineAmount, TaxAmount, TaxType = 'NONE' } of LineItems) {
        const tax = lineTax(decimal(number(LineAmount)), decimal(rates.get(TaxType) ?? '0'));
        expect(money(tax)).toBe(money(number(TaxAmount)));
      }
    }
  });

  it('comes to the recorded total and tax of every sales document without a rounding line', () => {
    const all = documents();
    const rates = inferRates(all);
    expect(all.length).toBeGreaterThan(30);
    for (const recordedOne of all) {
      const result = encodeDocument(asCrmInvoice(recordedOne, rates), rates);
      expect(result).toMatchObject({
        ok: true,
        expected: { total: money(number(recordedOne.Total)), tax: money(number(recordedOne.TotalTax)) },
        adjusted: { roundingCents: 0, ...(recordedOne.LineAmountTypes === 'Exclusive' && { taxCents: 0 }) },
      });
    }
  });
});

describeWithFacts('recordings', 'what Xero itself answered, in the terms of the CRM', () => {
  const taxes = (rates: ReadonlyMap<string, string>) =>
    [...rates].map(([type, rate]): [string, { name: string; rate: string }[]] => [
      type,
      Number(rate) === 0 ? [] : [{ name: `Tax ${type}`, rate }],
    ]);

  /** Everything that a recorded document names is known to the CRM, by the same ids. */
  function known(elements: readonly unknown[]): BackReferences {
    const wire = z.array(
      z.looseObject({
        Contact: z.looseObject({ ContactID: z.string() }),
        BankAccount: z.looseObject({ AccountID: z.string() }).optional(),
        LineItems: z.array(z.looseObject({ AccountCode: z.string().optional() })),
      }),
    );
    const all = wire.parse(elements);
    const contacts = new Map(all.map(({ Contact }) => [Contact.ContactID, '1']));
    const codes = all.flatMap(({ LineItems }) => LineItems.map(({ AccountCode = '' }) => AccountCode));
    return {
      crmIds: new Map([
        ['customers', contacts],
        ['vendors', contacts],
      ]),
      taxSets: new Map(taxes(inferRates(everyDocument())).map(([type, set]) => [type, [set]])),
      paymentModes: new Map(all.map(({ BankAccount }) => [BankAccount?.AccountID ?? '', ['bank']])),
      expenseCategories: new Map(codes.map((code) => [code, [{ id: '1', name: 'All' }]])),
      baseCurrency: 'USD',
    };
  }

  const references = () => {
    const types = taxes(inferRates(everyDocument())).map(([type, set]): [string, string] => [
      taxSetKey(set),
      type,
    ]);
    return someReferences({
      parents: new Map<Entity, ReadonlyMap<string, string>>([
        ['customers', new Map([['1', 'contact']])],
        ['vendors', new Map([['1', 'contact']])],
      ]),
      taxTypes: new Map([...types, ['none', 'NONE']]),
      purchaseTaxTypes: new Map([...types, ['none', 'NONE']]),
      bankAccounts: new Map([['bank', 'account']]),
      allowedCents: 0,
    });
  };

  /** Sales and purchases alike: rates are told by the lines of both. */
  function everyDocument(): Document[] {
    return ['Invoices', 'PurchaseOrders', 'BankTransactions']
      .flatMap(recorded)
      .flatMap((element) => document.safeParse(element).data ?? []);
  }

  it.each<[Entity, string, (type: string) => boolean]>([
    ['invoices', 'Invoices', (type) => type === 'ACCREC'],
    ['purchase-orders', 'PurchaseOrders', () => true],
    ['expenses', 'BankTransactions', (type) => type === 'SPEND'],
    ['bills', 'Invoices', (type) => type === 'ACCPAY'],
  ])('%s become records that come to the same cent when they are sent again', (entity, resource, isOne) => {
    const elements = recorded(resource)
      .map((element) => lined.parse(element))
      .filter(({ Type, LineItems }) => isOne(Type) && LineItems.length > 0);
    expect(elements.length).toBeGreaterThan(10);
    for (const record of readRecords(entity, elements)) {
      const result = canonical({ entity, record, base: null, references: known(elements) });
      if (!result.ok) {
        expect(result.code).toBe('XERO_RECORD_NOT_EXPRESSIBLE');
        expect(BOUGHT).toContain(entity);
        continue;
      }
      const sent = encode({
        entity,
        action: 'create',
        record: result.record,
        marker: 'marker',
        xeroId: null,
        changed: null,
        distinctName: false,
        references: { ...references(), allowedCents: BOUGHT.includes(entity) ? 1 : 0 },
      });
      expect(sent).toMatchObject({ ok: true, expected: { total: record.derived.total } });
      if (!BOUGHT.includes(entity)) expect(sent).toMatchObject({ expected: { tax: record.derived.tax } });
    }
  });
});

/** One amount, on which Xero computes the tax: what is bought of several kinds has no form in the CRM. */
const BOUGHT: readonly Entity[] = ['expenses', 'bills'];

/** What a reply leaves out stays unknown. */
function dayOf(text: unknown): string | undefined {
  return typeof text === 'string' ? text.slice(0, 10) : undefined;
}

function isOurs(entity: Entity, element: unknown): boolean {
  const { Type, PaymentType } = z
    .looseObject({ Type: z.string().nullish(), PaymentType: z.string().nullish() })
    .parse(element);
  if (entity === 'invoices') return Type === 'ACCREC';
  if (entity === 'bills') return Type === 'ACCPAY';
  if (entity === 'bill-payments') return PaymentType === 'ACCPAYPAYMENT';
  if (entity === 'expenses') return Type === 'SPEND';
  return entity !== 'payments' || PaymentType === 'ACCRECPAYMENT';
}
