import { addUp, dueOf, fromCents, toCents } from '../amounts.js';
import type { CreditApplicationRecord, CreditNoteRecord, InvoiceRecord, RefundRecord } from '../records.js';
import { PAYMENT_MODES } from '../reference.js';
import { creditNoteNumber, type CreditNoteMaking, makeCreditNote } from './credit-notes.js';
import { type CreditCounts, type CreditPlan, type PlanMaking, planCredits } from './credit-plans.js';
import { dayAfter, daysBetween, dayOf, momentOn } from './dates.js';

/** Credit notes and what became of them. */
export interface Credits {
  notes: CreditNoteRecord[];
  applications: CreditApplicationRecord[];
  refunds: RefundRecord[];
}

/** Makes credit notes, applies and refunds some, and books that on the notes and invoices: nothing is used twice. */
export function makeCredits(counts: CreditCounts, making: CreditNoteMaking & PlanMaking): Credits {
  const credits: Credits = { notes: [], applications: [], refunds: [] };
  for (const plan of planCredits(counts, making)) {
    const ordinal = credits.notes.length + 1;
    const start = {
      id: String(ordinal),
      number: creditNoteNumber(ordinal),
      date: plan.date,
      customer: plan.customer,
    };
    const note = makeCreditNote(start, making);
    credits.notes.push(plan.voided ? { ...note, status: 'void' } : note);
    for (const [at, invoice] of plan.targets.entries()) apply({ credits, note, plan, at, invoice }, making);
    if (plan.refunded) credits.refunds.push(refund(note, credits.refunds.length + 1, making));
  }
  return credits;
}

interface Application {
  credits: Credits;
  note: CreditNoteRecord;
  plan: CreditPlan;
  at: number;
  invoice: InvoiceRecord;
}

function apply({ credits, note, plan, at, invoice }: Application, making: CreditNoteMaking): void {
  const left = toCents(dueOf(note.total, note.applied));
  const more = at < plan.targets.length - 1;
  const share = more || plan.refunded ? 50 : making.random.pick([100, 100, 60, 80]);
  const due = toCents(dueOf(invoice.total, invoice.paid, invoice.credited));
  const amount = fromCents(Math.min(due, Math.max(1, Math.floor((left * share) / 100))));
  credits.applications.push({
    id: String(credits.applications.length + 1),
    creditNoteId: note.id,
    invoiceId: invoice.id,
    amount,
    currency: note.currency,
    ...momentAfter(note.date, making),
  });
  note.applied = addUp([note.applied, amount]);
  invoice.credited = addUp([invoice.credited, amount]);
}

/** All that is left, or half of it. */
function refund(note: CreditNoteRecord, ordinal: number, making: CreditNoteMaking): RefundRecord {
  const { random } = making;
  const left = toCents(dueOf(note.total, note.applied));
  const amount = fromCents(random.chance(0.5) ? left : Math.ceil(left / 2));
  note.refunded = amount;
  return {
    id: String(ordinal),
    creditNoteId: note.id,
    amount,
    currency: note.currency,
    mode: random.pick(PAYMENT_MODES).id,
    transactionId: random.chance(0.4) ? random.fill('RF ######') : null,
    ...momentAfter(note.date, making),
  };
}

function momentAfter(day: string, { random, now }: CreditNoteMaking) {
  const date = dayAfter(day, random.int(0, Math.min(daysBetween(day, dayOf(now)), 20)));
  const createdAt = momentOn(date, random.next(), now);
  return { date, createdAt, updatedAt: createdAt };
}
