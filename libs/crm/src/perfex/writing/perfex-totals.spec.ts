import { cents, decimal, type Invoice, money, sum } from '@sync/domain';
import type { CrmPort } from '@sync/engine';
import { describeWith } from '@sync/testing';
import fc from 'fast-check';
import type { RowDataPacket } from 'mysql2/promise';
import { createPerfexDatabase } from '../../../../testing/src/perfex/index.js';
import { openPerfex, UNHURRIED } from '../testing/open-perfex.js';
import { INVOICE } from '../testing/written-records.js';
import { grantWriting } from '../testing/writer-login.js';
import { amountsFor } from './perfex-totals.js';
import { storableLine } from './storable-line.js';

const TAXES = [
  { name: 'VAT', rate: '20' },
  { name: 'City', rate: '5' },
  { name: 'State', rate: '8.25' },
];

const anyLine = fc.record({
  description: fc.constantFrom('Work', 'Ware'),
  quantity: fc.integer({ min: 1, max: 40_000 }).map((n) => decimal(String(n)).div(1000).toFixed()),
  unitPrice: fc.integer({ min: -20_000, max: 900_000 }).map((n) => decimal(String(n)).div(10_000).toFixed()),
  taxes: fc.subarray(TAXES),
  itemId: fc.constant(null),
});

/** A document as Xero adds it up: each line and each of its taxes rounded by itself. */
const anyXeroDocument = fc
  .record({
    lines: fc.array(anyLine, { maxLength: 6 }),
    off: fc.integer({ min: 0, max: 300 }),
    afterTax: fc.boolean(),
  })
  .map(({ lines, off, afterTax }): Invoice => {
    const amounts = lines.map(({ quantity, unitPrice }) =>
      decimal(money(decimal(quantity).times(unitPrice))),
    );
    const subtotal = sum(amounts);
    const discount = afterTax && subtotal.gt(10) ? decimal('0.01').times(off) : decimal('0');
    const taxes = lines.map((line, index) =>
      money(sum(line.taxes.map(({ rate }) => (amounts[index] ?? subtotal).times(rate).div(100)))),
    );
    const totalTax = sum(taxes);
    return {
      ...INVOICE,
      lines,
      discountTiming: 'after-tax',
      discountTotal: money(discount),
      subtotal: money(subtotal),
      totalTax: money(totalTax),
      total: money(subtotal.plus(totalTax).minus(discount)),
    };
  });

describe('the amounts of a document', () => {
  it('come to the total of Xero, whatever Xero rounds line by line', () => {
    fc.assert(
      fc.property(anyXeroDocument, (invoice) => {
        const stored = amountsFor(invoice.lines.map(storableLine), invoice);
        const { subtotal, discountTotal, totalTax, adjustment } = stored;
        expect(stored.total).toBe(invoice.total);
        expect(money(sum([subtotal, `-${discountTotal}`, totalTax, adjustment]))).toBe(invoice.total);
        expect(Math.abs(cents(adjustment))).toBeLessThanOrEqual(invoice.lines.length + 1);
      }),
    );
  });

  it('have their tax lowered by a discount before tax, and not by one after tax', () => {
    const lines = INVOICE.lines.map(storableLine);
    const amounts = { discountTotal: '10.00', adjustment: '0' } as const;
    expect(amountsFor(lines, { ...amounts, discountTiming: 'before-tax', total: '78.04' })).toMatchObject({
      totalTax: '13.01',
      adjustment: '0.00',
      discountType: 'before_tax',
    });
    expect(amountsFor(lines, { ...amounts, discountTiming: 'after-tax', total: '80.04' })).toMatchObject({
      totalTax: '15.01',
      adjustment: '0.00',
      discountType: 'after_tax',
    });
  });

  it('are refused when more separates them from the total than a cent a line and one on top', () => {
    const lines = INVOICE.lines.map(storableLine);
    const amounts = { discountTiming: 'before-tax', discountTotal: '0', adjustment: '-1.00' } as const;
    expect(amountsFor(lines, { ...amounts, total: '89.00' })).toMatchObject({ adjustment: '-1.04' });
    expect(() => amountsFor(lines, { ...amounts, total: '88.99' })).toThrow('refused');
  });
});

/** Perfex's rule, worked out by the server from what is stored; `tax` is that of the lines before any discount. */
const RECOMPUTED = (charged: string): string => `
  select i.id, i.subtotal, i.total_tax as tax, i.total, s.subtotal as subtotal2,
    round(s.tax * if(i.discount_type = 'before_tax' and s.subtotal <> 0, 1 - i.discount_total / s.subtotal, 1), 2) as tax2,
    s.subtotal - i.discount_total + i.total_tax + i.adjustment as total2, i.discount_percent as percent
  from tblinvoices i join (
    select l.rel_id, sum(round(l.qty * l.rate, 2)) as subtotal, coalesce(sum(l.qty * l.rate * x.rate / 100), 0) as tax
    from tblitemable l left join (select itemid, sum(taxrate) as rate from tblitem_tax group by itemid) x on x.itemid = l.id
    where l.rel_type = 'invoice' ${charged} group by l.rel_id
  ) s on s.rel_id = i.id where i.id > 13`;

describeWith(['mariadb'], 'documents pulled from Xero', () => {
  it.each(['3.4.0', '2.9.4'] as const)(
    'recomputed by the rule of Perfex come to what is stored (%s)',
    async (shape) => {
      const perfex = await createPerfexDatabase({ shape });
      const crm: CrmPort = openPerfex(perfex, await grantWriting(perfex));
      const documents = fc
        .sample(anyXeroDocument, { numRuns: 40, seed: 77 })
        .filter(({ lines }) => lines.length > 0);
      const writes = documents.map((record, index) => ({
        key: String(index),
        crmId: null,
        record,
        was: null,
      }));
      const results = await crm.write('invoices', writes, UNHURRIED);
      const charged = shape === '3.4.0' ? 'and (l.is_optional = 0 or l.is_selected = 1)' : '';
      const [rows] = await perfex.connection.query<RowDataPacket[]>(RECOMPUTED(charged));
      await crm.close();
      await perfex.drop();
      expect(results.every(({ state }) => state === 'written')).toBe(true);
      expect(rows).toHaveLength(documents.length);
      for (const { id, subtotal, subtotal2, tax, tax2, total, total2, percent } of rows) {
        expect({ id, subtotal, tax, total, percent }).toEqual({
          id,
          subtotal: money(String(subtotal2)),
          tax: money(String(tax2)),
          total: money(String(total2)),
          percent: '0.00',
        });
      }
    },
  );
});
