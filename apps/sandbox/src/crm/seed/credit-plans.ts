import { dueOf, toCents } from '../amounts.js';
import type { CustomerRecord, InvoiceRecord } from '../records.js';
import { dayAfter, daysBetween, dayOf } from './dates.js';
import type { Random } from './random.js';

/** How many of each. */
export interface CreditCounts {
  notes: number;
  applications: number;
  refunds: number;
}

/** What a credit note is to be, before it is made. */
export interface CreditPlan {
  customer: CustomerRecord;
  date: string;
  /** The invoices that it is to pay for. */
  targets: InvoiceRecord[];
  refunded: boolean;
  voided: boolean;
}

/** What plans are made from. */
export interface PlanMaking {
  random: Random;
  now: Date;
  customers: readonly CustomerRecord[];
  invoices: readonly InvoiceRecord[];
}

/**
 * Two in three notes pay for invoices, the first of them for two; the next after them are paid back; the last one is
 * void. In the order of their dates, and never dated before an invoice that they pay for.
 */
export function planCredits(
  { notes, applications, refunds }: CreditCounts,
  making: PlanMaking,
): CreditPlan[] {
  const carriers = Math.max(1, Math.round((notes * 2) / 3));
  const payable = payableByCustomer(making);
  const firstRefunded = Math.max(0, carriers - 2);
  return Array.from({ length: notes }, (_, at) => {
    const wanted = at < carriers ? Math.ceil((applications - at) / carriers) : 0;
    const targets = takeTargets(payable, wanted);
    return {
      ...settingOf(targets, making),
      targets,
      refunded: at >= firstRefunded && at < firstRefunded + refunds,
      voided: at === notes - 1 && at > carriers,
    };
  }).toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

/** The invoices with something left to pay, of each customer; the customers shuffled. */
function payableByCustomer({ random, invoices }: PlanMaking): InvoiceRecord[][] {
  const open = invoices.filter(
    ({ status, total, paid }) => status === 'open' && toCents(dueOf(total, paid)) >= 100,
  );
  const byCustomer = new Map<string, InvoiceRecord[]>();
  for (const invoice of open)
    byCustomer.set(invoice.customerId, [...(byCustomer.get(invoice.customerId) ?? []), invoice]);
  return [...byCustomer.values()]
    .map((own) => ({ own, order: random.next() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ own }) => own);
}

/** The invoices of one customer, taken out of what is left; fewer than wanted where there are no more. */
function takeTargets(payable: InvoiceRecord[][], wanted: number): InvoiceRecord[] {
  if (wanted < 1) return [];
  const at = Math.max(
    0,
    payable.findIndex((own) => own.length >= wanted),
  );
  return payable.splice(at, 1).flatMap((own) => own.slice(0, wanted));
}

function settingOf(
  targets: readonly InvoiceRecord[],
  { random, now, customers }: PlanMaking,
): Pick<CreditPlan, 'customer' | 'date'> {
  const customer = customers.find(({ id }) => id === targets[0]?.customerId) ?? random.pick(customers);
  const latest = targets
    .map(({ date }) => date)
    .toSorted()
    .at(-1);
  if (latest === undefined) return { customer, date: dayAfter(dayOf(now), -random.int(1, 300)) };
  const room = daysBetween(latest, dayOf(now));
  return { customer, date: dayAfter(latest, random.int(0, Math.min(room, 30))) };
}
