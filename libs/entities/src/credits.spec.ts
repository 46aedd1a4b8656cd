import {
  canonicalHash,
  type CreditApplication,
  type CreditNote,
  type Entity,
  type Refund,
} from '@sync/domain';
import type { PostingFacts } from '@sync/engine';
import { definitions } from './index.js';

const { 'credit-notes': creditNotes, 'credit-applications': applications, refunds } = definitions;

const FACTS: PostingFacts = { baseCurrency: 'USD', currencies: ['USD'], lockDate: '2026-03-31', toXero: [] };
const inXero = (entity: Entity, crmId: string) => `${entity} ${crmId}`;

const note: CreditNote = {
  id: '3',
  number: 'CN-3',
  reference: null,
  customerId: '1',
  date: '2026-05-04',
  currency: 'USD',
  status: 'open',
  lines: [
    {
      description: 'Chair',
      quantity: '1',
      unitPrice: '10.00',
      taxes: [{ name: 'VAT', rate: '20' }],
      itemId: '5',
    },
  ],
  discountTiming: 'before-tax',
  discountTotal: '0',
  adjustment: '0',
  subtotal: '10.00',
  totalTax: '2.00',
  total: '12.00',
  applied: '0',
  refunded: '0',
};
const application: CreditApplication = {
  id: '4',
  creditNoteId: '3',
  invoiceId: '7',
  date: '2026-05-05',
  amount: '5.0',
  currency: 'USD',
};
const refund: Refund = {
  id: '6',
  creditNoteId: '3',
  date: '2026-05-06',
  amount: '7.00',
  currency: 'USD',
  modeId: '1',
  reference: null,
};

describe('credit notes', () => {
  it('need their customer and their taxes, and use their items where they are', () => {
    expect(creditNotes.parents(note)).toEqual([
      { entity: 'customers', crmId: '1', required: true },
      { entity: 'taxes', crmId: 'VAT|20', required: true },
      { entity: 'items', crmId: '5', required: false },
    ]);
  });

  it('do not change by being used up or void: that is derived', () => {
    const later: CreditNote = { ...note, applied: '5.00', refunded: '7.00', status: 'void' };
    expect(canonicalHash(creditNotes.owned(later))).toBe(canonicalHash(creditNotes.owned(note)));
    expect(creditNotes.exclusion(note)).toBeNull();
    expect(creditNotes.exclusion(later)).toBe('cancelled');
  });

  it.each<[string | null, Partial<CreditNote>]>([
    ['INVOICE_WITHOUT_LINES', { lines: [] }],
    ['INVOICE_TOTAL_NEGATIVE', { total: '-0.01' }],
    ['CURRENCY_NOT_ENABLED', { currency: 'GBP' }],
    ['DATE_LOCKED', { date: '2026-03-31' }],
    [null, { total: '0' }],
  ])('come to %s before a call is spent', (code, change) => {
    expect(creditNotes.check({ ...note, ...change }, FACTS)?.code ?? null).toBe(code);
  });
});

describe('applications of credit notes', () => {
  it('go with their note and their invoice: excluded if one of them is', () => {
    expect(applications.parents(application)).toEqual([
      { entity: 'credit-notes', crmId: '3', required: true },
      { entity: 'invoices', crmId: '7', required: true },
    ]);
    expect(applications.whenParentExcluded).toBe('exclude');
  });

  it('are known by note, invoice, day and amount, once both documents are in Xero', () => {
    expect(applications.keys(application, inXero)).toMatchObject({
      number: 'credit-notes 3/invoices 7/2026-05-05/5.00',
      parentXeroId: 'credit-notes 3',
      total: '5.00',
    });
    const onlyNote = (entity: Entity) => (entity === 'invoices' ? null : 'x');
    expect(applications.keys(application, onlyNote).number).toBeNull();
  });

  it('of one day and amount are told apart by their invoice', () => {
    const other = { ...application, invoiceId: '8' };
    expect(applications.keys(other, inXero).number).not.toBe(applications.keys(application, inXero).number);
  });

  it('are never edited, since Xero does not let anybody', () => {
    expect(applications.editForbidden).toBe('CREDIT_APPLICATION_CHANGED');
  });

  it.each<[string | null, Partial<CreditApplication>]>([
    ['RECORD_INVALID', { amount: '0' }],
    ['DATE_LOCKED', { date: '2026-03-31' }],
    [null, { amount: '0.01' }],
  ])('come to %s before a call is spent', (code, change) => {
    expect(applications.check({ ...application, ...change }, FACTS)?.code ?? null).toBe(code);
  });
});

describe('refunds', () => {
  it('go with their credit note, and are known by their facts', () => {
    expect(refunds.parents(refund)).toEqual([{ entity: 'credit-notes', crmId: '3', required: true }]);
    expect(refunds.identity).toMatchObject({ facts: true });
    expect(refunds.keys(refund, inXero)).toMatchObject({
      parentXeroId: 'credit-notes 3',
      date: '2026-05-06',
      total: '7.00',
    });
  });

  it('are never edited, since Xero does not let anybody', () => {
    expect(refunds.editForbidden).toBe('PAYMENT_CHANGED');
  });

  it('of nothing are no refunds', () => {
    expect(refunds.check({ ...refund, amount: '0.00' }, FACTS)?.code).toBe('RECORD_INVALID');
    expect(refunds.check(refund, FACTS)).toBeNull();
  });
});
