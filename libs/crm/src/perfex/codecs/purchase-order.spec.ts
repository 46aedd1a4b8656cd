import type { PurchaseLineRow } from './purchase-line.js';
import { decodePurchaseOrder, type PurchaseOrderRow } from './purchase-order.js';

const HEADER: PurchaseOrderRow = {
  id: 1,
  name: 'Chairs',
  vendorId: 7,
  number: '#PO-00001',
  date: '2026-05-04',
  deliveryDate: null,
  approveStatus: 2,
  orderStatus: null,
  createdAt: '2026-05-04 10:00:00',
  currencyName: 'USD',
  totalTax: '0.00',
  total: '100.00',
  discountTotal: null,
  discountType: null,
  shippingFee: null,
};

const LINE: PurchaseLineRow = {
  id: 1,
  orderId: 1,
  itemId: null,
  itemName: 'Chair',
  catalogueName: null,
  description: null,
  quantity: '4.00',
  unitPrice: '25.00',
  amount: '100.00',
  discount: null,
  taxIds: null,
  taxNames: null,
  taxRates: null,
};

const VAT = { taxIds: '1', taxNames: 'VAT', taxRates: '20.00' };
const TAX_TABLE = new Map([
  [1, { name: 'VAT', rate: '20.00' }],
  [2, { name: 'City', rate: '5.00' }],
]);

const decode = (header: Partial<PurchaseOrderRow>, ...lines: Partial<PurchaseLineRow>[]) => {
  const rows = (lines.length === 0 ? [{}] : lines).map((line) => ({ ...LINE, ...line }));
  return decodePurchaseOrder({ header: { ...HEADER, ...header }, lines: rows, taxTable: TAX_TABLE });
};

const found = (...rows: Parameters<typeof decode>) => {
  const decoded = decode(...rows);
  if (decoded.state !== 'found') throw new Error(`expected an order, got ${decoded.state}`);
  return decoded.record;
};

describe('a purchase order', () => {
  it.each([
    [1, null, 'open'],
    [2, 'confirmed', 'approved'],
    [3, null, 'rejected'],
    [4, null, 'cancelled'],
    [2, 'cancelled', 'cancelled'],
  ])('whose approval is %i and whose goods are %s is %s', (approveStatus, orderStatus, status) => {
    expect(found({ approveStatus, orderStatus }).status).toBe(status);
  });

  it('needs a vendor and a currency with a code', () => {
    expect(decode({ vendorId: 0 })).toMatchObject({ state: 'invalid', reason: 'it has no vendor' });
    expect(decode({ currencyName: 'Dollars' })).toMatchObject({ state: 'invalid' });
  });

  it('has the taxes of a line by name, in older versions by their ids', () => {
    const named = { taxIds: '2|1', taxNames: 'VAT|City', taxRates: '20.00|5.00' };
    const taxes = [
      { name: 'VAT', rate: '20.00' },
      { name: 'City', rate: '5.00' },
    ];
    expect(found({}, named).lines[0]?.taxes).toEqual(taxes);
    expect(found({}, { taxIds: '1|2|99' }).lines[0]?.taxes).toEqual(taxes);
    expect(found({}, { ...named, taxRates: '20.00' }).lines[0]?.taxes).toEqual(taxes.toReversed());
  });

  it('keeps the amount of a line where whole numbers were rounded, and says how it came about', () => {
    const line = { quantity: '3', unitPrice: '13', amount: '38' };
    expect(found({}, line).lines[0]).toMatchObject({
      description: 'Chair\n3 × 13.00',
      quantity: '1',
      unitPrice: '38.00',
    });
    expect(found({ totalTax: '8', total: '46' }, line)).toMatchObject({ subtotal: '38.00', total: '46.00' });
  });

  it('calls a line by its item where it has no name of its own', () => {
    const line = { itemName: null, catalogueName: 'Stool', description: 'Oak<br />\nround' };
    expect(found({}, line).lines[0]?.description).toBe('Stool\nOak\nround');
  });
});

describe('discounts of a purchase order', () => {
  const line = { ...VAT, discount: '10.00' };

  it('before tax stay with line and order', () => {
    const order = found(
      { discountType: 'before_tax', totalTax: '16.20', total: '97.20', discountTotal: '9.00' },
      line,
    );
    expect(order).toMatchObject({
      lines: [{ discount: '10.00' }],
      discountTotal: '9.00',
      subtotal: '90.00',
      totalTax: '16.20',
    });
  });

  it('after tax are one line without tax, since the taxes do not feel them', () => {
    const order = found(
      { discountType: 'after_tax', totalTax: '20.00', total: '106.00', discountTotal: '4.00' },
      line,
    );
    expect(order).toMatchObject({
      lines: [{ discount: '0.00' }, { description: 'Discount', unitPrice: '-14.00', taxes: [] }],
      discountTotal: '0.00',
      subtotal: '86.00',
      total: '106.00',
    });
  });

  it.each([
    ['18.00', 1],
    ['20.00', 2],
  ])('of an older version are before or after tax as the stored tax of %s says', (totalTax, lines) => {
    expect(found({ totalTax }, line).lines).toHaveLength(lines);
  });

  it('of the order are told from those of its lines, which some versions store with them', () => {
    const header = { discountType: 'before_tax', totalTax: '18.00' };
    expect(found({ ...header, discountTotal: '15.00', total: '103.00' }, line).discountTotal).toBe('5.00');
    expect(found({ ...header, discountTotal: '5.00', total: '103.00' }, line).discountTotal).toBe('5.00');
    expect(found({ ...header, discountTotal: '0.00', total: '108.00' }, line).discountTotal).toBe('0.00');
  });
});
