import { type Item, money } from '@sync/domain';
import { linkedTaxIds } from './parents.js';
import { perfexLine, perfexText } from './perfex-text.js';
import { insertRow, updateRow, type Values } from './rows.js';
import type { WriteSession } from './write-session.js';
import type { Change, Writer } from './writer.js';

/** Items of the catalogue; the code only where a warehouse module has a column for it. */
export const itemWriter: Writer<'items'> = {
  rights: { items: ['INSERT', 'UPDATE', 'DELETE'], taxes: ['INSERT'] },
  lock: async ({ query, tables }, rowId) => {
    await query(`select id from ${tables('items')} where id = ? for update`, [rowId]);
  },
  create: async (session, record) => {
    const taxes = await linkedTaxIds(session, record.taxes);
    return String(await insertRow(session, 'items', { ...valuesOf(record), ...taxes, group_id: 0 }));
  },
  update: async (session, change) => {
    const { rowId } = change;
    await updateRow(session, 'items', { id: rowId, values: await changedValues(session, change) });
    return String(rowId);
  },
  remove: async ({ run, tables }, rowId) => {
    await run(`delete from ${tables('items')} where id = ?`, [rowId]);
  },
};

/** Perfex keeps two decimals of a price. */
function valuesOf({ code, name, description, unitPrice }: Item): Values {
  return {
    description: perfexLine(name),
    long_description: perfexText(description) ?? '',
    rate: money(unitPrice),
    sku_code: perfexLine(code) ?? undefined,
  };
}

async function changedValues(session: WriteSession, change: Change<'items'>): Promise<Values> {
  const { record, differs } = change;
  const all = valuesOf(record);
  return {
    ...(differs('name') ? { description: all['description'] } : {}),
    ...(differs('description') ? { long_description: all['long_description'] } : {}),
    ...(differs('unitPrice') ? { rate: all['rate'] } : {}),
    ...(differs('code') ? { sku_code: all['sku_code'] } : {}),
    ...(differs('taxes') ? await linkedTaxIds(session, record.taxes) : {}),
  };
}
