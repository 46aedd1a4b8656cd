import type { RowDataPacket } from 'mysql2/promise';
import { ledgerQueries } from './ledger-queries.js';
import type { PerfexDatabase } from './opened-database.js';

/** What should be in Xero of one entity; amounts are decimal text. */
export interface PerfexLedgerRow {
  count: number;
  total: string;
  tax: string;
  paid: string;
  due: string;
}

type LedgerEntity = keyof ReturnType<typeof ledgerQueries>;

/** What should be in Xero. */
export interface PerfexLedger {
  entities: Record<LedgerEntity, PerfexLedgerRow>;
}

/**
 * Adds up, in SQL, what the database holds and should be in Xero: no drafts, nothing cancelled, void or rejected, no
 * payments, applications or refunds of such, nobody without a name or not confirmed. Taxes are the rows of their table and
 * the combinations on items and on lines of these documents. Paid is what payments come to, of a credit note its refunds;
 * due is what they and applied credits leave. Money is added up as numbers, whatever its currency.
 */
export async function perfexLedger(perfex: PerfexDatabase): Promise<PerfexLedger> {
  const queries = Object.entries(ledgerQueries(perfex)) as [LedgerEntity, string | null][];
  const rows: [LedgerEntity, PerfexLedgerRow][] = [];
  for (const [entity, sql] of queries) rows.push([entity, await counted(perfex, sql)]);
  return { entities: Object.fromEntries(rows) as Record<LedgerEntity, PerfexLedgerRow> };
}

async function counted({ connection, table }: PerfexDatabase, sql: string | null): Promise<PerfexLedgerRow> {
  const named = (sql ?? 'select 0 as count').replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    connection.escapeId(table(name)),
  );
  const [[row]] = await connection.query<RowDataPacket[]>(named);
  const amount = (field: string): string => String(row?.[field] ?? '0.00');
  return {
    count: Number(row?.['count'] ?? 0),
    total: amount('total'),
    tax: amount('tax'),
    paid: amount('paid'),
    due: amount('due'),
  };
}
