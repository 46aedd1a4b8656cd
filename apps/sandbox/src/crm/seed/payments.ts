import { addUp, fromCents, toCents } from '../amounts.js';
import type { InvoiceRecord, PaymentRecord } from '../records.js';
import { PAYMENT_MODES } from '../reference.js';
import { dayAfter, daysBetween, dayOf, momentOn } from './dates.js';
import type { Random } from './random.js';

/** Makes `count` payments of open invoices and books them there; nobody pays more than is due. */
export function makePayments(
  count: number,
  invoices: InvoiceRecord[],
  random: Random,
  now: Date,
): PaymentRecord[] {
  const payable = invoices
    .filter((invoice) => invoice.status === 'open')
    .map((invoice) => ({ invoice, order: random.next() }))
    .toSorted((a, b) => a.order - b.order);
  const payments: Omit<PaymentRecord, 'id'>[] = [];
  for (const { invoice } of payable) {
    if (payments.length >= count) break;
    const parts = Math.min(random.pick([1, 1, 1, 1, 1, 2, 2, 3]), count - payments.length);
    const made = payInvoice(invoice, parts, random, now);
    invoice.paid = addUp(made.map(({ amount }) => amount));
    payments.push(...made);
  }
  return payments
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    .map((payment, at) => ({ id: String(at + 1), ...payment }));
}

function payInvoice(
  invoice: InvoiceRecord,
  parts: number,
  random: Random,
  now: Date,
): Omit<PaymentRecord, 'id'>[] {
  const due = toCents(invoice.total);
  const paid = random.chance(0.6) ? due : Math.max(parts, Math.floor((due * random.int(20, 80)) / 100));
  const amounts = split(Math.min(paid, due), parts, random);
  const room = daysBetween(invoice.date, dayOf(now));
  return amounts.map((cents) => {
    const date = dayAfter(invoice.date, random.int(0, Math.min(room, 75)));
    const mode = random.pick(PAYMENT_MODES).id;
    const createdAt = momentOn(date, random.next(), now);
    const transactionId = mode === 'stripe' ? random.fill('ch_3@#@@#@#@@#@') : bankReference(random);
    return {
      invoiceId: invoice.id,
      date,
      amount: fromCents(cents),
      currency: invoice.currency,
      mode,
      transactionId,
      createdAt,
      updatedAt: createdAt,
    };
  });
}

function bankReference(random: Random): string | null {
  return random.chance(0.4) ? random.fill('TRX ########') : null;
}

/** Splits whole cents into parts of at least one cent. */
function split(cents: number, parts: number, random: Random): number[] {
  if (parts <= 1 || cents < parts) return [cents];
  const first = Math.max(1, Math.floor((cents * random.int(20, 60)) / 100));
  const own = Math.min(first, cents - parts + 1);
  return [own, ...split(cents - own, parts - 1, random)];
}
