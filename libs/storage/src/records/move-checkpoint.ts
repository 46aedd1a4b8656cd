import type { Absorb } from '@sync/engine';
import type { Sql } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';

/** Moves how far Xero was read, with the records that were read; nothing where they are of no listing. */
export async function moveCheckpoint(sql: Sql, request: Absorb): Promise<void> {
  const { organizationId, entity, freshAsOf, reading, completeSince } = request;
  if (freshAsOf === null && reading === undefined) return;
  await sql.run(
    `insert into xero_checkpoint as c (organization_id, entity, fresh_as_of, reading, full_at)
     values ($1, $2, $3, $4, $5)
     on conflict (organization_id, entity) do update set
       fresh_as_of = greatest(c.fresh_as_of, excluded.fresh_as_of), reading = excluded.reading,
       full_at = greatest(c.full_at, excluded.full_at)`,
    [organizationId, entity, freshAsOf, reading ? jsonParameter(reading) : null, completeSince ?? null],
  );
}
