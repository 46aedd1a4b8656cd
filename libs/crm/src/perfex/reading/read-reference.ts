import { SyncError } from '@sync/domain';
import type { CrmReference, ExpenseCategory, PaymentMode } from '@sync/engine';
import { plainLine } from '../../plain-text.js';
import { currencyOf } from '../codecs/currency.js';
import type { PerfexTable } from '../table-names.js';
import type { PerfexSession } from './session.js';

/**
 * The base currency, the categories of expenses, and every way to pay: the rows of the table, the gateways that are
 * switched on (those live in options only), and, as inactive, what money still names although it was switched off or
 * deleted since.
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
  return {
    baseCurrency: await baseCurrency(session),
    paymentModes: [...modes.values()],
    expenseCategories: await expenseCategories(session),
  };
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

async function usedModes({ query, tables, schema }: PerfexSession): Promise<PaymentMode[]> {
  const used = async (table: PerfexTable, column: string): Promise<string[]> => {
    const rows = await query<{ id: string }>(
      `select distinct trim(${column}) as id from ${tables(table)} where trim(${column}) <> '' order by id`,
    );
    return rows.map(({ id }) => id);
  };
  const ids = [
    ...(await used('invoicepaymentrecords', 'paymentmode')),
    ...(schema.entities.includes('expenses') ? await used('expenses', 'paymentmode') : []),
    ...(schema.entities.includes('refunds') ? await used('creditnote_refunds', 'payment_mode') : []),
  ];
  return ids.map((id) => ({ id, name: id, active: false }));
}

async function expenseCategories({ query, tables, schema }: PerfexSession): Promise<ExpenseCategory[]> {
  if (!schema.entities.includes('expenses')) return [];
  const rows = await query<{ id: number; name: string }>(
    `select id, name from ${tables('expenses_categories')} order by id`,
  );
  return rows.map(({ id, name }) => ({ id: String(id), name: plainLine(name) ?? '' }));
}
