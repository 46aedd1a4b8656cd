import { decimal, type Invoice, money, sum, taxSetRate } from '@sync/domain';

const VAT = { name: 'VAT', rate: '20.00' };
const CITY = { name: 'City', rate: '8.25' };
const LEVY = { name: 'Levy', rate: '2.5' };

/** The sets of taxes that generated lines carry. */
export const TAX_SETS = [[VAT], [CITY], [VAT, CITY], [], [LEVY], [VAT, LEVY, CITY]] as const;

/** How many customers, items and dates the invoices are spread over. */
const CUSTOMERS = 200;
const ITEMS = 40;
const DAYS = 28;

/** Invoices as Perfex stores them: one to five lines, some with a discount, some with an adjustment. The same every time. */
export function generatedInvoices(count: number): Invoice[] {
  return Array.from({ length: count }, (_, index) => perfexAmounts(draftOf(index + 1)));
}

function draftOf(n: number): Invoice {
  const day = String(1 + (n % DAYS)).padStart(2, '0');
  return {
    id: String(n),
    number: `INV-${String(n).padStart(6, '0')}`,
    reference: n % 3 === 0 ? `PO ${n}` : null,
    customerId: String(1 + ((n * 7) % CUSTOMERS)),
    date: `2026-05-${day}`,
    dueDate: `2026-06-${day}`,
    currency: 'USD',
    status: 'open',
    lines: Array.from({ length: 1 + ((n * 7) % 5) }, (_, place) => lineOf(n, place)),
    discountTiming: n % 8 === 0 ? 'after-tax' : 'before-tax',
    discountTotal: n % 4 === 0 ? money(decimal(String(1 + (n % 9))).dividedBy('1.1')) : '0',
    adjustment: n % 10 === 0 ? '-0.50' : '0',
    subtotal: '0',
    totalTax: '0',
    total: '0',
    sent: false,
    paid: '0',
    credited: '0',
  };
}

function lineOf(n: number, place: number): Invoice['lines'][number] {
  const hundredths = 1000 + ((n * 3701 + place * 1103) % 50_000);
  return {
    description: `Delivery ${n}, part ${place + 1}`,
    quantity: `${1 + ((n * 3 + place) % 4)}.${n % 10 === 0 ? '50' : '00'}`,
    unitPrice: money(decimal(String(hundredths)).dividedBy(100)),
    taxes: [...(TAX_SETS[(n + place) % TAX_SETS.length] ?? [])],
    itemId: place % 2 === 0 ? String(1 + ((n * 3 + place) % ITEMS)) : null,
  };
}

/** As Perfex does it: line taxes unrounded, lowered by the share of a discount before tax, added, rounded once. */
function perfexAmounts(invoice: Invoice): Invoice {
  const exact = invoice.lines.map(({ quantity, unitPrice }) => decimal(quantity).times(unitPrice));
  const subtotal = decimal(money(sum(exact)));
  const discount = decimal(invoice.discountTotal);
  const share =
    invoice.discountTiming === 'before-tax' ? decimal('1').minus(discount.dividedBy(subtotal)) : decimal('1');
  const taxes = invoice.lines.map(({ taxes: set }, index) =>
    decimal(exact[index] ?? '0')
      .times(taxSetRate(set))
      .dividedBy(100)
      .times(share),
  );
  const totalTax = money(sum(taxes));
  const total = money(subtotal.minus(discount).plus(totalTax).plus(invoice.adjustment));
  return { ...invoice, subtotal: money(subtotal), totalTax, total };
}
