import type { Sql } from '../database/database.js';
import { counts, type Judged, ofKind, type Settlement } from './settlement.js';

/** Counts by entity what was nearly taken for an edit: where the figure grows, a codec reads what it wrote in other words. */
export async function countNearMisses(
  sql: Sql,
  { organizationId, now }: Settlement,
  judged: readonly Judged[],
): Promise<void> {
  const missed = ofKind(judged.filter(counts), 'written').filter(({ outcome }) => outcome.nearMiss);
  if (missed.length === 0) return;
  await sql.run(
    `insert into xero_checkpoint as c (organization_id, entity, near_misses, near_miss_at)
     select $1, m.entity, count(*), $3 from unnest($2::text[]) as m (entity) group by m.entity order by m.entity
     on conflict (organization_id, entity) do update set
       near_misses = c.near_misses + excluded.near_misses, near_miss_at = excluded.near_miss_at`,
    [organizationId, missed.map(({ outcome }) => outcome.operation.binding.entity), now],
  );
}
