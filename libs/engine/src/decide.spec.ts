import { canonicalHash, type Customer, type Invoice, type Payment } from '@sync/domain';
import { definitions } from '@sync/entities';
import { type Decision, type DecisionState, decide } from './decide.js';
import { parentKey } from './definition.js';
import type { Binding, IdentityCandidate, ParentState } from './ports/stores.js';

const invoice: Invoice = {
  id: '7',
  number: 'INV-000007',
  reference: null,
  customerId: '3',
  date: '2026-05-04',
  dueDate: '2026-06-03',
  currency: 'USD',
  status: 'open',
  lines: [
    {
      description: 'Work',
      quantity: '2',
      unitPrice: '50.00',
      taxes: [{ name: 'VAT', rate: '20' }],
      itemId: null,
    },
  ],
  discountTiming: 'before-tax',
  discountTotal: '0',
  adjustment: '0',
  subtotal: '100.00',
  totalTax: '20.00',
  total: '120.00',
  paid: '0',
  credited: '0',
};

const payment: Payment = {
  id: '9',
  invoiceId: '7',
  date: '2026-05-10',
  amount: '50.00',
  currency: 'USD',
  modeId: '1',
  reference: null,
};

const customer: Customer = {
  id: '3',
  name: 'Harbour Ltd',
  firstName: null,
  lastName: null,
  email: 'office@harbour.example',
  phone: null,
  taxNumber: 'GB 123',
  currency: null,
  billingAddress: null,
  streetAddress: null,
  people: [],
  active: true,
};

const stub = (entity: Binding['entity'], crmId: string): Binding => ({
  id: '0197f0a0-0000-7000-8000-000000000001',
  organizationId: 'o',
  entity,
  role: 'main',
  crmId,
  xeroId: null,
  generation: 1,
  status: 'pending',
  label: null,
  crmSnapshot: null,
  crmHash: null,
  xeroSnapshot: null,
  xeroHash: null,
  codecVersion: definitions[entity].codecVersion,
  birthMark: null,
  xeroDerived: null,
  xeroUpdatedAt: null,
  xeroCodecVersion: definitions[entity].codecVersion,
  crmWrites: 0,
});

const bound = (base: Binding, owned: Binding['crmSnapshot']): Binding => ({
  ...base,
  xeroId: 'x-1',
  status: 'synced',
  crmSnapshot: owned,
  crmHash: canonicalHash(owned ?? {}),
});

const parent = (
  entity: ParentState['entity'],
  crmId: string,
  change: Partial<ParentState> = {},
): ParentState => ({
  entity,
  crmId,
  xeroId: `x-${crmId}`,
  status: 'synced',
  live: false,
  issueCode: null,
  xeroSnapshot: null,
  crmHash: null,
  ...change,
});

const parentsOf = (...states: ParentState[]) => new Map(states.map((state) => [parentKey(state), state]));

const settledParents = parentsOf(parent('customers', '3'), parent('taxes', 'VAT|20'));

const invoiceState = (change: Partial<DecisionState<'invoices'>> = {}): DecisionState<'invoices'> => ({
  definition: definitions.invoices,
  binding: stub('invoices', '7'),
  reading: { id: '7', state: 'found', record: invoice, birthMark: null },
  parents: settledParents,
  candidates: [],
  mapped: null,
  facts: { baseCurrency: 'USD', currencies: ['USD'], lockDate: null, toXero: [] },
  flow: { toXero: true, toCrm: false, takesOut: false },
  policies: { conflicts: 'ask', goneFromCrm: 'ask', goneFromXero: 'ask' },
  xero: null,
  choices: [],
  crmSeenAt: new Date('2026-11-20T12:00:00Z'),
  ...change,
});

const found = (record: Invoice) => ({ id: record.id, state: 'found' as const, record, birthMark: null });

const candidate = (
  change: Partial<IdentityCandidate> = {},
  keys: Partial<IdentityCandidate['keys']> = {},
) => ({
  xeroId: 'x-9',
  keys: {
    marker: null,
    number: null,
    name: null,
    email: null,
    taxNumber: null,
    parentXeroId: null,
    currency: null,
    date: null,
    total: null,
    ...keys,
  },
  live: true,
  derived: { status: 'approved' as const },
  owned: {},
  updatedAt: null,
  boundCrmIds: [],
  markedByUs: false,
  ...change,
});

const theSame = {
  number: 'INV-000007',
  parentXeroId: 'x-3',
  currency: 'USD',
  date: '2026-05-04',
  total: '120.00',
};
const known = bound(stub('invoices', '7'), definitions.invoices.owned(invoice));
const lockedFacts = { baseCurrency: 'USD', currencies: ['USD'], lockDate: '2026-06-30', toXero: [] };
const lockedMeta = { date: '2026-05-04', lockDate: '2026-06-30' };

describe('the decision on an invoice', () => {
  const table: [
    rule: string,
    change: Partial<DecisionState<'invoices'>>,
    decision: Partial<Decision<'invoices'>>,
  ][] = [
    ['a new one is created', {}, { kind: 'create' }],
    [
      'one that the CRM does not have is excluded',
      { reading: { id: '7', state: 'missing' } },
      { kind: 'exclude', reason: 'deleted-in-crm' },
    ],
    [
      'a draft is excluded',
      { reading: found({ ...invoice, status: 'draft' }) },
      { kind: 'exclude', reason: 'draft' },
    ],
    [
      'a cancelled one that was never posted is excluded',
      { reading: found({ ...invoice, status: 'cancelled' }) },
      { kind: 'exclude', reason: 'cancelled' },
    ],
    [
      'a cancelled one that was posted stays, and says so',
      { binding: known, reading: found({ ...invoice, status: 'cancelled' }) },
      { kind: 'noop', warnings: [{ code: 'INVOICE_CANCELLED_IN_CRM', meta: {} }] },
    ],
    [
      'an unreadable one parks alone',
      { reading: { id: '7', state: 'invalid', reason: 'total is no number' } },
      { kind: 'park', problem: { code: 'RECORD_INVALID', meta: { reason: 'total is no number' } } },
    ],
    ['an unchanged one is left alone', { binding: known }, { kind: 'noop', reason: 'unchanged' }],
    [
      'money received is no change of the invoice',
      { binding: known, reading: found({ ...invoice, paid: '50.00' }) },
      { kind: 'noop' },
    ],
    [
      'only what changed is updated',
      { binding: known, reading: found({ ...invoice, dueDate: '2026-07-01' }) },
      { kind: 'update', xeroId: 'x-1', fields: ['dueDate'] },
    ],
    [
      'after a problem everything is written again',
      { binding: { ...known, crmHash: null } },
      { kind: 'update', fields: null },
    ],
    [
      'a snapshot of an older form writes nothing',
      { binding: { ...known, codecVersion: 0, crmHash: 'old' } },
      { kind: 'noop' },
    ],
    [
      'it waits for a customer nobody has heard of',
      { parents: parentsOf(parent('taxes', 'VAT|20')) },
      { kind: 'wait' },
    ],
    [
      'it waits for a customer that has changes due',
      { parents: parentsOf(parent('customers', '3', { live: true }), parent('taxes', 'VAT|20')) },
      { kind: 'wait' },
    ],
    [
      'it parks where the customer is parked, and awaits it',
      {
        parents: parentsOf(
          parent('customers', '3', { xeroId: null, status: 'parked', issueCode: 'CUSTOMER_NAME_MISSING' }),
          parent('taxes', 'VAT|20'),
        ),
      },
      { kind: 'park', awaits: [{ entity: 'customers', crmId: '3' }] },
    ],
    [
      'it parks where the customer is gone',
      {
        parents: parentsOf(
          parent('customers', '3', { xeroId: null, status: 'excluded' }),
          parent('taxes', 'VAT|20'),
        ),
      },
      { kind: 'park', problem: { code: 'PARENT_MISSING', meta: { parent: 'customer', parentId: '3' } } },
    ],
    [
      'a currency that Xero lacks parks',
      { reading: found({ ...invoice, currency: 'EUR' }) },
      { kind: 'park', problem: { code: 'CURRENCY_NOT_ENABLED', meta: { currency: 'EUR' } } },
    ],
    [
      'a date on the lock date parks',
      { facts: { baseCurrency: 'USD', currencies: ['USD'], lockDate: '2026-05-04', toXero: [] } },
      { kind: 'park' },
    ],
    [
      'one that is in a locked period of Xero already links',
      { facts: lockedFacts, candidates: [candidate({}, theSame)] },
      { kind: 'link', by: 'number' },
    ],
    [
      'in a locked period it waits for the customer by whom it would be recognised',
      { facts: lockedFacts, parents: parentsOf(parent('taxes', 'VAT|20')) },
      { kind: 'wait', parents: [{ entity: 'customers', crmId: '3' }] },
    ],
    [
      'in a locked period no tax is made for it',
      { facts: lockedFacts, parents: parentsOf(parent('customers', '3')) },
      { kind: 'park', problem: { code: 'DATE_LOCKED', meta: lockedMeta } },
    ],
    [
      'in a locked period one of its number that differs does not link',
      { facts: lockedFacts, candidates: [candidate({}, { ...theSame, total: '120.01' })] },
      { kind: 'park', problem: { code: 'DATE_LOCKED', meta: lockedMeta } },
    ],
    [
      'a change in a locked period parks',
      { facts: lockedFacts, binding: known, reading: found({ ...invoice, dueDate: '2026-07-01' }) },
      { kind: 'park', problem: { code: 'DATE_LOCKED', meta: lockedMeta } },
    ],
    [
      'its marker in Xero links, whatever else differs',
      { candidates: [candidate({}, { marker: stub('invoices', '7').id })] },
      { kind: 'link', xeroId: 'x-9', by: 'marker' },
    ],
    [
      'the number links where customer, currency, date and total agree',
      { candidates: [candidate({}, theSame)] },
      { kind: 'link', by: 'number' },
    ],
    [
      'the number alone never links',
      { candidates: [candidate({}, { ...theSame, total: '120.01' })] },
      {
        kind: 'park',
        problem: { code: 'INVOICE_NUMBER_TAKEN', meta: { number: 'INV-000007', difference: 'total differ' } },
      },
    ],
    [
      'two that agree are nobody’s',
      { candidates: [candidate({}, theSame), candidate({ xeroId: 'x-10' }, theSame)] },
      { kind: 'park' },
    ],
    [
      'one that another record claims is left to a person',
      { candidates: [candidate({ boundCrmIds: ['8'] }, theSame)] },
      { kind: 'park', problem: { code: 'DUPLICATE_CLAIM', meta: { xeroId: 'x-9' } } },
    ],
    [
      'a voided one holds nothing back',
      { candidates: [candidate({ live: false, derived: { status: 'voided' } }, theSame)] },
      { kind: 'create' },
    ],
    [
      'an id under which another record was made stops everything',
      {
        binding: { ...stub('invoices', '7'), birthMark: 'a' },
        reading: { ...found(invoice), birthMark: 'b' },
      },
      { kind: 'replaced', was: 'a', is: 'b' },
    ],
  ];

  it.each(table)('%s', (_rule, change, expected) => {
    expect(decide(invoiceState(change))).toMatchObject(expected);
  });
});

describe('the decision on a payment', () => {
  const state = (change: Partial<DecisionState<'payments'>>): DecisionState<'payments'> => ({
    definition: definitions.payments,
    binding: stub('payments', '9'),
    reading: { id: '9', state: 'found', record: payment, birthMark: null },
    parents: parentsOf(parent('invoices', '7')),
    candidates: [],
    mapped: null,
    facts: { baseCurrency: 'USD', currencies: ['USD'], lockDate: null, toXero: [] },
    flow: { toXero: true, toCrm: false, takesOut: false },
    policies: { conflicts: 'ask', goneFromCrm: 'ask', goneFromXero: 'ask' },
    xero: null,
    choices: [],
    crmSeenAt: new Date('2026-11-20T12:00:00Z'),
    ...change,
  });

  it('is excluded with its invoice', () => {
    const parents = parentsOf(parent('invoices', '7', { xeroId: null, status: 'excluded' }));
    expect(decide(state({ parents }))).toEqual({ kind: 'exclude', reason: 'parent-excluded' });
  });

  it('is never edited: a change parks with what to do', () => {
    const binding = bound(stub('payments', '9'), definitions.payments.owned({ ...payment, amount: '49.00' }));
    expect(decide(state({ binding }))).toMatchObject({ kind: 'park', problem: { code: 'PAYMENT_CHANGED' } });
  });
});

describe('the decision on a customer', () => {
  const state = (change: Partial<DecisionState<'customers'>>): DecisionState<'customers'> => ({
    definition: definitions.customers,
    binding: stub('customers', '3'),
    reading: { id: '3', state: 'found', record: customer, birthMark: null },
    parents: new Map(),
    candidates: [],
    mapped: null,
    facts: { baseCurrency: 'USD', currencies: ['USD'], lockDate: null, toXero: [] },
    flow: { toXero: true, toCrm: false, takesOut: false },
    policies: { conflicts: 'ask', goneFromCrm: 'ask', goneFromXero: 'ask' },
    xero: null,
    choices: [],
    crmSeenAt: new Date('2026-11-20T12:00:00Z'),
    ...change,
  });

  it('links by a unique tax number, however it is typed', () => {
    const candidates = [candidate({}, { taxNumber: 'gb-123', name: 'Somebody else' })];
    expect(decide(state({ candidates }))).toMatchObject({ kind: 'link', by: 'tax-number' });
  });

  it('links by e-mail only where the name agrees', () => {
    const email = 'office@harbour.example';
    expect(decide(state({ candidates: [candidate({}, { email, name: 'harbour  LTD' })] }))).toMatchObject({
      kind: 'link',
    });
    expect(decide(state({ candidates: [candidate({}, { email, name: 'Pine Ltd' })] }))).toMatchObject({
      kind: 'create',
    });
  });

  it('never links by name alone: a stranger of that name is proposed to a person', () => {
    const candidates = [candidate({}, { name: 'Harbour Ltd' })];
    expect(decide(state({ candidates }))).toMatchObject({
      kind: 'park',
      problem: { code: 'CUSTOMER_NAME_TAKEN' },
    });
  });

  it('is made distinct where the name is held by another of our customers', () => {
    const candidates = [candidate({ boundCrmIds: ['2'] }, { name: 'Harbour Ltd' })];
    expect(decide(state({ candidates }))).toMatchObject({ kind: 'create', distinctName: true });
  });

  it('without any name parks', () => {
    const reading = {
      id: '3',
      state: 'found' as const,
      record: { ...customer, name: null },
      birthMark: null,
    };
    expect(decide(state({ reading }))).toMatchObject({
      kind: 'park',
      problem: { code: 'CUSTOMER_NAME_MISSING' },
    });
  });

  it('whose contact is archived in Xero parks, since Xero refuses documents for it', () => {
    const archived = candidate(
      { live: false, derived: { status: 'archived' as const } },
      { marker: stub('customers', '3').id },
    );
    expect(decide(state({ candidates: [archived] }))).toMatchObject({
      kind: 'park',
      problem: { code: 'CONTACT_ARCHIVED' },
    });
  });
});

describe('the decision on a tax', () => {
  it('read under a row id moves to the set that it stands for', () => {
    const record = { id: 'VAT|20', components: [{ name: 'VAT', rate: '20' }] };
    const decision = decide({
      definition: definitions.taxes,
      binding: stub('taxes', '4'),
      reading: { id: '4', state: 'found', record, birthMark: null },
      parents: new Map(),
      candidates: [],
      mapped: null,
      facts: { baseCurrency: 'USD', currencies: ['USD'], lockDate: null, toXero: [] },
      flow: { toXero: true, toCrm: false, takesOut: false },
      policies: { conflicts: 'ask', goneFromCrm: 'ask', goneFromXero: 'ask' },
      xero: null,
      choices: [],
      crmSeenAt: new Date('2026-11-20T12:00:00Z'),
    });
    expect(decision).toEqual({ kind: 'moved', crmId: 'VAT|20' });
  });

  it('that a person mapped is linked to that rate, also when it was linked to another', () => {
    const record = { id: 'VAT|20', components: [{ name: 'VAT', rate: '20' }] };
    const base = { ...stub('taxes', 'VAT|20'), xeroId: 'TAX001' };
    const decision = decide({
      definition: definitions.taxes,
      binding: base,
      reading: { id: 'VAT|20', state: 'found', record, birthMark: null },
      parents: new Map(),
      candidates: [],
      mapped: 'OUTPUT',
      facts: { baseCurrency: 'USD', currencies: ['USD'], lockDate: null, toXero: [] },
      flow: { toXero: true, toCrm: false, takesOut: false },
      policies: { conflicts: 'ask', goneFromCrm: 'ask', goneFromXero: 'ask' },
      xero: null,
      choices: [],
      crmSeenAt: new Date('2026-11-20T12:00:00Z'),
    });
    expect(decision).toMatchObject({ kind: 'link', xeroId: 'OUTPUT', by: 'mapping' });
  });
});
