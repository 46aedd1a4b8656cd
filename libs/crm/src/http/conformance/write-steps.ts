import type { CanonicalRecord, CrmEntity } from '@sync/domain';
import { broken, type Finding, kept, untried } from './report.js';
import { notTaken, textOf, type Trial, writeTwice } from './trial.js';
import { trialExpense, trialPayment } from './trial-records.js';

/** Goes on from a record that was written before. */
export async function withParent<E extends CrmEntity>(
  { written }: Trial,
  entity: E,
  run: (record: CanonicalRecord<E>) => Promise<Finding>,
): Promise<Finding> {
  // Each entity's record was put under its own name.
  const record = written[entity] as CanonicalRecord<E> | undefined;
  return record === undefined ? untried(`none of the ${entity} was written before`) : run(record);
}

/** Whether nobody writes without a key. */
export async function refusesStrangers({ transport, signal }: Trial): Promise<Finding> {
  const order = {
    method: 'POST',
    path: '/v1/customers',
    body: { writes: [] },
    signal,
    apiKey: null,
  } as const;
  const { status } = await transport.send(order);
  return status === 401
    ? kept('401')
    : broken(`POST /v1/customers without a key answered ${status} instead of 401`);
}

/** Changes the customer from what it is, or from what it never was. */
export async function changeFrom(
  trial: Trial,
  never: Partial<CanonicalRecord<'customers'>>,
  state: 'written' | 'changed',
): Promise<Finding> {
  return withParent(trial, 'customers', async (customer) => {
    const { crm, signal, mark } = trial;
    const record = { ...customer, taxNumber: `T-${mark}` };
    const write = { key: `${mark}-customers`, crmId: customer.id, record, was: { ...customer, ...never } };
    const [result] = await crm.write('customers', [write], signal);
    if (result?.state !== state) return broken(`it is not "${state}": ${textOf(result)}`);
    const [now] = await crm.read('customers', [customer.id], signal);
    const wanted = state === 'written' ? record.taxNumber : customer.taxNumber;
    const right = now?.state === 'found' && now.record.taxNumber === wanted;
    return right ? kept(state) : broken(`it is "${state}", but the record says otherwise`);
  });
}

/** Whether an invoice says that so much of it is paid. */
export async function paidIs({ crm, signal }: Trial, invoiceId: string, amount: string): Promise<Finding> {
  const [invoice] = await crm.read('invoices', [invoiceId], signal);
  const paid = invoice?.state === 'found' ? invoice.record.paid : invoice?.state;
  return paid === amount
    ? kept(`paid is ${paid}`)
    : broken(`paid of invoice ${invoiceId} is ${paid} instead of ${amount}`);
}

/** Whether a payment of no invoice is refused as such. */
export async function refusesOrphans(trial: Trial): Promise<Finding> {
  const skipped = await notTaken(trial, 'payments');
  if (skipped !== null) return skipped;
  const { crm, signal, mark } = trial;
  const write = {
    key: `${mark}-orphan`,
    crmId: null,
    record: trialPayment(trial, 'no-such-record-0'),
    was: null,
  };
  const [result] = await crm.write('payments', [write], signal);
  return result?.state === 'refused'
    ? kept(textOf(result))
    : broken(`it is not "refused": ${textOf(result)}`);
}

/** Takes a record out, and once more. */
export async function removeTwice<E extends 'payments' | 'expenses'>(
  { crm, signal, mark }: Trial,
  entity: E,
  was: CanonicalRecord<E>,
): Promise<Finding> {
  const removal = { key: `${mark}-${entity}`, crmId: was.id, was };
  for (const time of ['first', 'second']) {
    const [result] = await crm.remove(entity, [removal], signal);
    if (result?.state !== 'removed') return broken(`the ${time} time it is not "removed": ${textOf(result)}`);
  }
  const [now] = await crm.read(entity, [was.id], signal);
  return now?.state === 'missing'
    ? kept(`${was.id} is gone`)
    : broken(`${was.id} is removed, but ${now?.state} when read`);
}

/** Cancels an invoice by its status. */
export async function cancel({ crm, signal, mark }: Trial, id: string): Promise<Finding> {
  const [reading] = await crm.read('invoices', [id], signal);
  if (reading?.state !== 'found') return broken(`invoice ${id} is ${reading?.state} when read`);
  const { record: was } = reading;
  const write = { key: `${mark}-invoices`, crmId: id, record: { ...was, status: 'cancelled' as const }, was };
  const [result] = await crm.write('invoices', [write], signal);
  return result?.state === 'written' && result.reading.record.status === 'cancelled'
    ? kept(`invoice ${id} is cancelled`)
    : broken(`invoice ${id} is not cancelled: ${textOf(result)}`);
}

/** Writes an expense twice under one key. */
export async function writeExpense(trial: Trial): Promise<Finding> {
  const [category] = trial.reference.expenseCategories;
  if (category === undefined) return untried('the reference names no expense categories');
  return writeTwice(trial, 'expenses', trialExpense(trial, category));
}
