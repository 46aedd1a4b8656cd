import type { Decoded } from '../codecs/decoded.js';
import { decodeItem, type ItemRow } from '../codecs/item.js';
import { columnOrNull, type PerfexSession } from './session.js';

/** Reads items of the catalogue with their taxes. */
export async function readItems(
  session: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'items'>>> {
  const { query, tables } = session;
  const rows = await query<ItemRow>(
    `select i.id, i.description, i.long_description as longDescription, i.rate,
       ${columnOrNull(session, 'items', 'sku_code')} as skuCode,
       ${columnOrNull(session, 'items', 'commodity_code')} as commodityCode,
       first.name as taxName, first.taxrate as taxRate, second.name as tax2Name, second.taxrate as tax2Rate
     from ${tables('items')} i
     left join ${tables('taxes')} first on first.id = i.tax
     left join ${tables('taxes')} second on second.id = i.tax2
     where i.id in (?)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, decodeItem(row)]));
}
