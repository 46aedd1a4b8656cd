import { taxSetOf } from '@sync/domain';
import type { CrmReading } from '@sync/engine';
import { found } from '../codecs/decoded.js';
import { decodeTax, type TaxRow } from '../codecs/tax.js';
import type { Decoded } from '../codecs/decoded.js';
import type { PerfexSession } from './session.js';

/** Reads rows of the table of taxes. */
export async function readTaxes(
  { query, tables }: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'taxes'>>> {
  const rows = await query<TaxRow>(
    `select id, name, taxrate as rate from ${tables('taxes')} where id in (?)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, decodeTax(row)]));
}

/**
 * A key of a set of taxes says itself what it stands for: lines hold copies, so a set is there whether or not the table
 * of taxes has such a row. Null for a text that is no key.
 */
export function readTaxSet(key: string): CrmReading<'taxes'> | null {
  const components = taxSetOf(key);
  if (components === null || components.length === 0) return null;
  return { id: key, ...found('taxes', { id: key, components }, null) };
}
