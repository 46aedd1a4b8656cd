import type { ChangePage, FingerprintStore, ListChanges } from '@sync/engine';
import type { PerfexSession } from '../reading/session.js';
import { newCursor, newPosition } from './cursor.js';
import { BUCKET_SIZE, fingerprintText } from './fingerprint.js';
import { recordFingerprints } from './fingerprint-queries.js';
import { splitHighWater, withHighWater } from './high-water.js';
import { refuseReplaced } from './refuse-replaced.js';
import { RECORD_TABLES, watchedRows } from './watched-rows.js';

const PAGE = 1000;
/** A lower id can be committed after a higher one, so the last ids are looked at again. */
const LOOK_BACK = 200;

/** Lists records that were not seen before, by their ids alone: cheap enough for every tick. */
export async function listNew(
  session: PerfexSession,
  store: FingerprintStore,
  { entity, cursor }: ListChanges,
): Promise<ChangePage> {
  const position = newPosition(cursor);
  const known = splitHighWater(await store.buckets(entity));
  await refuseReplaced(session, entity, known.highest);
  const highest = Math.max(position.highest, known.highest);
  const from = Math.max(0, position.within ? highest : highest - LOOK_BACK);
  const ids = await idsAbove(session, entity, from);
  const seen = await store.records(entity, bucketsBetween(from, highest));
  const fresh = ids.filter((id) => !seen.has(String(id)));
  const step = await fingerprintsOf(session, entity, fresh);
  const full = ids.length === PAGE;
  return {
    changes: fresh.map((id) => ({ recordId: String(id) })),
    cursor: newCursor(Math.max(highest, ids.at(-1) ?? 0), full),
    last: !full,
    acknowledge: () => store.save(entity, withHighWater(step, known.highest)),
  };
}

async function idsAbove(
  { query, tables }: PerfexSession,
  entity: ListChanges['entity'],
  above: number,
): Promise<number[]> {
  const { table, key } = RECORD_TABLES[entity];
  const rows = await query<{ id: number }>(
    `select ${key} as id from ${tables(table)} where ${key} > ? order by ${key} limit ${PAGE}`,
    [above],
  );
  return rows.map(({ id }) => id);
}

/**
 * What is listed as new here is not listed as changed by the next full look. Its bucket keeps its old hash, so that the
 * bucket is looked into all the same.
 */
async function fingerprintsOf(session: PerfexSession, entity: ListChanges['entity'], ids: readonly number[]) {
  const none = { buckets: [], records: [], removedRecords: [], removedBuckets: [] };
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return none;
  const { records } = await recordFingerprints(session.query, watchedRows(session, entity), { first, last });
  const fresh = new Set(ids);
  return {
    ...none,
    records: [...records]
      .filter(([id]) => fresh.has(id))
      .map(([id, fingerprint]) => ({
        recordId: String(id),
        bucket: Math.floor(id / BUCKET_SIZE),
        hash: fingerprintText(fingerprint),
      })),
  };
}

function bucketsBetween(from: number, to: number): number[] {
  const first = Math.floor(from / BUCKET_SIZE);
  const last = Math.floor(to / BUCKET_SIZE);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
