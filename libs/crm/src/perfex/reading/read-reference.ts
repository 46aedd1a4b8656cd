import { SyncError } from '@sync/domain';
import type { CrmReference, PaymentMode } from '@sync/engine';
import { currencyOf } from '../codecs/currency.js';
import type { PerfexSession } from './session.js';

/**
 * The base currency, and every way to pay: the rows of the table, the gateways that are switched on (those live in options
 * only), and, as inactive, what payments still name although it was switched off or deleted since.
 */
export async function readReference(session: PerfexSession): Promise<CrmReference> {
  const modes = new Map<string, PaymentMode>();
  const candidates = [
    ...(await modeRows(session)),
    ...(await gateways(session)),
    ...(await usedModes(session)),
  ];
  for (const mode of candidates) {
    if (!modes.has(mode.id)) modes.set(mode.id, mode);
  }
  return { baseCurrency: await baseCurrency(session), paymentModes: [...modes.values()] };
}

async function baseCurrency({ query, tables }: PerfexSession): Promise<string> {
  const [row] = await query<{ name: string }>(
    `select name from ${tables('currencies')} where isdefault = 1 order by id limit 1`,
  );
  const code = currencyOf(row?.name ?? null);
  if (code !== null) return code;
  const reason = 'its base currency is not named by an ISO code such as USD';
  throw new SyncError('validation', `Perfex database: ${reason}.`, {
    code: 'CRM_SCHEMA_UNKNOWN',
    meta: { reason },
  });
}

async function modeRows({ query, tables }: PerfexSession): Promise<PaymentMode[]> {
  const rows = await query<{ id: number; name: string; active: number }>(
    `select id, name, active from ${tables('payment_modes')} order by id`,
  );
  return rows.map(({ id, name, active }) => ({ id: String(id), name, active: active === 1 }));
}

async function gateways({ query, tables }: PerfexSession): Promise<PaymentMode[]> {
  const rows = await query<{ name: string; value: string }>(
    `select name, value from ${tables('options')}
     where name like 'paymentmethod\\_%\\_active' or name like 'paymentmethod\\_%\\_label' order by name`,
  );
  const options = new Map(rows.map(({ name, value }) => [name, value.trim()]));
  return [...options.keys()]
    .map((name) => /^paymentmethod_(.+)_active$/.exec(name)?.[1])
    .filter((id) => id !== undefined && options.get(`paymentmethod_${id}_active`) === '1')
    .map((id = '') => ({ id, name: options.get(`paymentmethod_${id}_label`) || id, active: true }));
}

async function usedModes({ query, tables }: PerfexSession): Promise<PaymentMode[]> {
  const rows = await query<{ id: string }>(
    `select distinct trim(paymentmode) as id from ${tables('invoicepaymentrecords')}
     where trim(paymentmode) <> '' order by id`,
  );
  return rows.map(({ id }) => ({ id, name: id, active: false }));
}
