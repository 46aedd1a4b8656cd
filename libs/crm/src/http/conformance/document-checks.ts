import { type CanonicalRecord, decimal, type Entity, type Invoice, money, sum } from '@sync/domain';
import { referenceEnvelope } from '../wire/envelopes.js';
import { decoders } from '../wire/index.js';
import { byProblems, type CheckPlan, untried } from './report.js';
import type { EntitySurvey, Inquiry } from './survey.js';

/** Cents by which the parts of a healthy document may miss its total. */
const SLACK = decimal('0.02');

/** Whether documents add up, and refer to records that there are. */
export function documentChecks(inquiry: Inquiry, surveys: ReadonlyMap<Entity, EntitySurvey>): CheckPlan[] {
  const invoices = readable(surveys, 'invoices');
  const payments = readable(surveys, 'payments');
  return [
    {
      name: 'invoices.add-up',
      advice:
        'total = subtotal − discount + totalTax + adjustment, and subtotal = the lines, each rounded to cents.',
      run: () => byProblems(invoices.flatMap(sumProblems), `${invoices.length} invoices`),
    },
    {
      name: 'invoices.paid',
      advice: 'paid is what the payments of the invoice come to; a payment that changes must change it.',
      run: () => {
        if (surveys.get('payments')?.complete !== true)
          return untried('there are too many payments to read them all');
        const paid = paidByInvoice(payments);
        const wrong = invoices.filter(({ id, paid: said }) => said !== (paid.get(id) ?? '0.00'));
        return byProblems(
          wrong.map(({ id }) => `invoice ${id} and its payments differ`),
          `${payments.length} payments`,
        );
      },
    },
    {
      name: 'invoices.customers',
      advice: 'customerId must be the id of a customer that the listing names.',
      run: () => byProblems(strangers(surveys, 'customers', invoices, 'customerId'), 'all are there'),
    },
    {
      name: 'payments.invoices',
      advice: 'invoiceId must be the id of an invoice that the listing names.',
      run: () => byProblems(strangers(surveys, 'invoices', payments, 'invoiceId'), 'all are there'),
    },
    {
      name: 'payments.modes',
      advice:
        'Name every mode that a payment uses in paymentModes of /v1/reference, gateways and inactive ones too.',
      run: async () => {
        const { paymentModes } = await inquiry.ask('/v1/reference', referenceEnvelope);
        const known = new Set(paymentModes.map(({ id }) => id));
        const unknown = new Set(payments.map(({ modeId }) => modeId).filter((id) => !known.has(id)));
        return byProblems(
          [...unknown].map((id) => `mode ${id} is not in paymentModes`),
          `${known.size} modes`,
        );
      },
    },
  ];
}

function readable<E extends Entity>(
  surveys: ReadonlyMap<Entity, EntitySurvey>,
  entity: E,
): CanonicalRecord<E>[] {
  return (surveys.get(entity)?.sample.records ?? []).flatMap(({ id, raw }) => {
    const reading = decoders[entity](id, raw);
    return reading.state === 'found' ? [reading.record] : [];
  });
}

function sumProblems(invoice: Invoice): string[] {
  const lines = sum(
    invoice.lines.map(({ quantity, unitPrice }) => money(decimal(quantity).times(unitPrice))),
  );
  const parts = decimal(invoice.subtotal)
    .minus(invoice.discountTotal)
    .plus(invoice.totalTax)
    .plus(invoice.adjustment);
  if (lines.minus(invoice.subtotal).abs().gt(SLACK))
    return [`invoice ${invoice.id}: the lines do not come to its subtotal`];
  if (parts.minus(invoice.total).abs().gt(SLACK))
    return [`invoice ${invoice.id}: the parts do not come to its total`];
  return [];
}

function paidByInvoice(payments: readonly CanonicalRecord<'payments'>[]): Map<string, string> {
  const paid = new Map<string, string>();
  for (const { invoiceId, amount } of payments) {
    paid.set(invoiceId, money(decimal(paid.get(invoiceId) ?? '0').plus(amount)));
  }
  return paid;
}

function strangers<K extends string>(
  surveys: ReadonlyMap<Entity, EntitySurvey>,
  parents: Entity,
  records: readonly ({ id: string } & Record<K, string>)[],
  field: K,
): string[] {
  const known = new Set(surveys.get(parents)?.walk.ids);
  return records
    .filter((record) => !known.has(record[field]))
    .map((record) => `${record.id}: there is no ${record[field]} among the ${parents}`);
}
