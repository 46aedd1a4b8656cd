import { decimal, type Invoice, money, taxSetKey } from '@sync/domain';
import type { EncodeRequest, References } from '@sync/engine';
import fc from 'fast-check';
import { someInvoice } from '../../testing/documents.js';
import { anyLine, anyMoney, perfexAmounts, RATES, TAX_TYPES, VAT } from '../../testing/random-documents.js';
import { someReferences } from '../../testing/references.js';
import { linesOf, totalsOf, xeroHolds } from '../../testing/xero-holds.js';
import { invoicesCodec } from './invoices.js';

const MARKER = '0198a2b4-7c11-7d3e-9b1a-0a1b2c3d4e5f';

function references(settings: Partial<References> = {}): References {
  return someReferences({
    parents: new Map([
      ['customers', new Map([['7', 'contact-7']])],
      ['items', new Map([['3', 'ITEM-3']])],
    ]),
    taxTypes: TAX_TYPES,
    publicUrl: 'https://sync.example.com',
    ...settings,
  });
}

function request(
  record: Invoice,
  change: Partial<EncodeRequest<'invoices'>> = {},
): EncodeRequest<'invoices'> {
  return {
    entity: 'invoices',
    action: 'create',
    record,
    marker: MARKER,
    xeroId: null,
    changed: null,
    distinctName: false,
    references: references(),
    ...change,
  };
}

type Line = Invoice['lines'][number];

function line(quantity: string, unitPrice: string, taxes: Line['taxes'] = []): Line {
  return { description: 'Consulting', quantity, unitPrice, taxes, itemId: null };
}

/** An invoice whose stored amounts are what Perfex computes: tax rounded once, for the document. */
function invoice(lines: Line[], change: Partial<Invoice> = {}): Invoice {
  const base = someInvoice({ lines, ...change });
  return { ...base, ...perfexAmounts(base), ...change };
}

function xeroTotals(sent: unknown): { total: string; tax: string } {
  return totalsOf(xeroHolds('Invoices', sent, RATES));
}

function sentLines(record: Invoice, change: Partial<EncodeRequest<'invoices'>> = {}) {
  const result = invoicesCodec.encode(request(record, change));
  if (!result.ok) throw new Error(`parked with ${result.code} ${JSON.stringify(result.meta)}`);
  return linesOf(result.element);
}

describe('the money of an invoice', () => {
  it("adds up in Xero to the CRM's total and tax, or parks, for any invoice", () => {
    let posted = 0;
    fc.assert(
      fc.property(anyMoney(anyLine, { off: 7 }), (amounts) => {
        const record = someInvoice(amounts);
        const result = invoicesCodec.encode(request(record));
        if (!result.ok) {
          expect([
            'INVOICE_DOES_NOT_ADD_UP',
            'INVOICE_TAX_DOES_NOT_ADD_UP',
            'INVOICE_TOTAL_NEGATIVE',
          ]).toContain(result.code);
          return;
        }
        posted += 1;
        expect(xeroTotals(result.element)).toEqual({
          total: money(record.total),
          tax: money(record.totalTax),
        });
        expect(result.expected).toMatchObject({ total: money(record.total), tax: money(record.totalTax) });
        expect(result.adjusted.roundingCents).toBeLessThanOrEqual(5);
      }),
      { numRuns: 4_000 },
    );
    // Else the property would hold of an encoder that parks everything.
    expect(posted).toBeGreaterThan(2_000);
  });

  it('parks nothing that Perfex computed by itself from positive lines', () => {
    const healthy = fc.array(
      anyLine.map((any) => ({ ...any, unitPrice: any.unitPrice.replace('-', '') })),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(healthy, fc.integer({ min: 0, max: 100 }), (lines, percent) => {
        const plainOne = invoice(lines);
        const discountTotal = money(decimal(plainOne.subtotal).times(percent).dividedBy(100));
        const result = invoicesCodec.encode(request(invoice(lines, { discountTotal })));
        expect(result).toMatchObject({ ok: true, adjusted: { roundingCents: 0 } });
      }),
      { numRuns: 1_000 },
    );
  });

  it('moves the cent that separates rounding per document from rounding per line into the largest taxed line', () => {
    // 15 % of 25.06 + 25.61 + 25.63: Xero adds 3.76 + 3.84 + 3.84 = 11.44, Perfex rounds 11.445 to 11.45.
    const tax = [{ name: 'GST', rate: '15' }];
    const record = invoice([line('1', '25.06', tax), line('1', '25.61', tax), line('1', '25.63', tax)]);
    expect(record.totalTax).toBe('11.45');
    const result = invoicesCodec.encode(
      request(record, { references: references({ taxTypes: new Map([['GST|15', 'T']]) }) }),
    );
    expect(result).toMatchObject({ ok: true, adjusted: { taxCents: 1, roundingCents: 0 } });
    const lines = result.ok ? linesOf(result.element) : [];
    expect(lines.map(({ TaxAmount }) => TaxAmount)).toEqual([undefined, undefined, 3.85]);
  });

  it('shows a difference between the stored total and its parts as a rounding line without tax', () => {
    const record = invoice([line('1', '10', [VAT])], { total: '12.03' });
    expect(sentLines(record).at(-1)).toMatchObject({
      Description: 'Rounding',
      UnitAmount: 0.03,
      AccountCode: '860',
      TaxType: 'T:none',
    });
  });

  it('parks a document that is further off than the allowed cents, and says by how much', () => {
    const record = invoice([line('1', '10', [VAT])], { total: '12.06' });
    expect(invoicesCodec.encode(request(record))).toEqual({
      ok: false,
      code: 'INVOICE_DOES_NOT_ADD_UP',
      meta: { computed: '12.00', total: '12.06' },
    });
  });

  it('parks a tax that is off by more cents than there are taxed lines', () => {
    const record = invoice([line('1', '10', [VAT]), line('1', '5')], { totalTax: '2.02', total: '17.02' });
    expect(invoicesCodec.encode(request(record))).toMatchObject({
      ok: false,
      code: 'INVOICE_TAX_DOES_NOT_ADD_UP',
      meta: { computed: '2.00', tax: '2.02', taxedLines: 1 },
    });
  });

  it('takes a discount before tax off the lines, to the cent, and one after tax off the document', () => {
    const lines = [line('1', '10', [VAT]), line('1', '10', [VAT]), line('1', '10', [VAT])];
    expect(sentLines(invoice(lines, { discountTotal: '10' })).map((sent) => sent.DiscountAmount)).toEqual([
      3.34, 3.33, 3.33,
    ]);
    const after = sentLines(invoice(lines, { discountTotal: '10', discountTiming: 'after-tax' }));
    expect(after.at(-1)).toMatchObject({ Description: 'Discount', UnitAmount: -10, TaxType: 'T:none' });
  });

  it('writes a discount as negative lines, one a tax set, where a line is negative itself', () => {
    const lines = [line('1', '100', [VAT]), line('1', '-20', [VAT]), line('1', '20')];
    const sent = sentLines(invoice(lines, { discountTotal: '10' }));
    expect(sent.slice(3)).toMatchObject([
      { Description: 'Discount', UnitAmount: -8, TaxType: `T:${taxSetKey([VAT])}` },
      { Description: 'Discount', UnitAmount: -2, TaxType: 'T:none' },
    ]);
  });

  it('writes a line that is finer than four decimals as one piece with the exact amount', () => {
    const [sent] = sentLines(invoice([line('3.33333', '1.5')]));
    expect(sent).toMatchObject({ Quantity: 1, UnitAmount: 5, Description: 'Consulting (3.33333 × 1.5)' });
  });

  it('comes to what docs/money.md works out', () => {
    const hours = Array.from({ length: 3 }, () => line('1', '25.01', [VAT]));
    const record = invoice(hours, { discountTotal: '10', adjustment: '-1.25' });
    expect(record).toMatchObject({ subtotal: '75.03', totalTax: '13.01', total: '76.79' });
    expect(sentLines(record)).toMatchObject([
      { UnitAmount: 25.01, DiscountAmount: 3.34 },
      { UnitAmount: 25.01, DiscountAmount: 3.33 },
      { UnitAmount: 25.01, DiscountAmount: 3.33 },
      { UnitAmount: -1.25, TaxType: 'T:none' },
    ]);
    expect(invoicesCodec.encode(request(record))).toMatchObject({
      adjusted: { taxCents: 0, roundingCents: 0 },
    });
    const undiscounted = invoice(hours, { adjustment: '-1.25' });
    expect(sentLines(undiscounted).map((sent) => sent.TaxAmount)).toEqual([
      5.01,
      undefined,
      undefined,
      undefined,
    ]);
    expect(sentLines({ ...record, total: '76.80' }).at(-1)).toMatchObject({
      Description: 'Rounding',
      UnitAmount: 0.01,
    });
  });

  it('posts a total of zero, and parks one below zero or without lines', () => {
    expect(sentLines(invoice([line('1', '10'), line('1', '-10')]))).toHaveLength(2);
    expect(invoicesCodec.encode(request(invoice([line('1', '-10')])))).toMatchObject({
      code: 'INVOICE_TOTAL_NEGATIVE',
      meta: { total: '-10.00' },
    });
    expect(invoicesCodec.encode(request(invoice([])))).toMatchObject({ code: 'INVOICE_WITHOUT_LINES' });
  });
});

describe('an invoice on its way to Xero', () => {
  it('names only what changed when that is the number, the reference or the due date', () => {
    const record = invoice([line('1', '10')], { dueDate: '2027-01-31' });
    const update = { action: 'update', xeroId: 'x-1', changed: ['dueDate'] } as const;
    const result = invoicesCodec.encode(request(record, update));
    expect(result).toMatchObject({ ok: true, element: { InvoiceID: 'x-1', DueDate: '2027-01-31' } });
    expect(result.ok && Object.keys(result.element as object)).toEqual(['InvoiceID', 'DueDate']);
  });

  it('sends everything but the status when anything else changed', () => {
    const update = { action: 'update', xeroId: 'x-1', changed: ['lines', 'dueDate'] } as const;
    const result = invoicesCodec.encode(request(invoice([line('1', '10')]), update));
    const keys = result.ok ? Object.keys(result.element as object) : [];
    expect(keys).toEqual(expect.arrayContaining(['InvoiceID', 'LineItems', 'Date', 'Contact']));
    expect(keys).not.toContain('Status');
  });

  it('asks for its approval again when everything is written anew, and expects it', () => {
    const anew = { action: 'update', xeroId: 'x-1', changed: null } as const;
    expect(invoicesCodec.encode(request(invoice([line('1', '10')]), anew))).toMatchObject({
      element: { InvoiceID: 'x-1', Status: 'AUTHORISED' },
      expected: { status: 'approved' },
    });
  });

  describe('is marked as sent', () => {
    const sent = invoice([line('1', '10')], { sent: true });
    const elementOf = (record: Invoice, change: Parameters<typeof request>[1] = {}): object => {
      const result = invoicesCodec.encode(request(record, change));
      return result.ok ? (result.element as object) : {};
    };

    it('where the CRM gave it to the customer, when it is made and when it is written as a whole', () => {
      expect(elementOf(sent)).toMatchObject({ SentToContact: true });
      const lines = { action: 'update', xeroId: 'x-1', changed: ['lines'] } as const;
      expect(elementOf(sent, lines)).toMatchObject({ SentToContact: true });
    });

    it('never where it was not, and nothing takes the mark off', () => {
      expect(elementOf({ ...sent, sent: false })).not.toHaveProperty('SentToContact');
    });

    it.each(['DRAFT', 'SUBMITTED'] as const)('not while it is not approved: %s', (invoiceStatus) => {
      const change = { references: references({ invoiceStatus }) };
      expect(elementOf(sent, change)).not.toHaveProperty('SentToContact');
    });

    it('not with what alone may change on a paid one', () => {
      const header = { action: 'update', xeroId: 'x-1', changed: ['reference'] } as const;
      expect(Object.keys(elementOf(sent, header))).toEqual(['InvoiceID', 'Reference']);
    });
  });

  it('carries its marker in the link, and in the reference where no link can be', () => {
    const record = invoice([line('1', '10')], { reference: 'PO 12' });
    const withLink = invoicesCodec.encode(request(record));
    expect(withLink).toMatchObject({
      element: { Url: `https://sync.example.com/r/${MARKER}`, Reference: 'PO 12' },
    });
    // Xero refuses links that contain its name.
    for (const publicUrl of [null, 'https://crm-xero.example.com']) {
      const without = invoicesCodec.encode(request(record, { references: references({ publicUrl }) }));
      expect(without).toMatchObject({ element: { Reference: `${MARKER} PO 12` } });
      expect(without.ok && Object.keys(without.element as object)).toContain('Reference');
    }
  });

  it('parks when a tax set has no tax type, and names the set', () => {
    const record = invoice([line('1', '10', [{ name: 'New', rate: '3' }])]);
    expect(invoicesCodec.encode(request(record))).toEqual({
      ok: false,
      code: 'TAX_NOT_MAPPED',
      meta: { tax: 'New 3%', key: 'New|3' },
    });
  });
});
