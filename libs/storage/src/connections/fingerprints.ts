import type { FingerprintChange, FingerprintStore } from '@sync/engine';
import type { Entity } from '@sync/domain';
import { chunks } from '../database/chunks.js';
import type { Database, Sql } from '../database/database.js';

/** The fingerprints of one CRM connection. */
export function createFingerprintStore(database: Database, crmConnectionId: string): FingerprintStore {
  return {
    buckets: async (entity) => {
      const rows = await database.rows<{ bucket: number; hash: string }>(
        'select bucket, hash from crm_fingerprint_bucket where crm_connection_id = $1 and entity = $2',
        [crmConnectionId, entity],
      );
      return new Map(rows.map(({ bucket, hash }) => [bucket, hash]));
    },
    records: async (entity, buckets) => {
      const rows = await database.rows<{ record_id: string; hash: string }>(
        `select record_id, hash from crm_fingerprint_record
         where crm_connection_id = $1 and entity = $2 and bucket = any ($3::int[])`,
        [crmConnectionId, entity, buckets],
      );
      return new Map(rows.map(({ record_id: id, hash }) => [id, hash]));
    },
    save: (entity, change) => database.transaction((sql) => save(sql, [crmConnectionId, entity], change)),
  };
}

async function save(sql: Sql, scope: [string, Entity], change: FingerprintChange): Promise<void> {
  const where = 'where crm_connection_id = $1 and entity = $2';
  await sql.run(`delete from crm_fingerprint_record ${where} and record_id = any ($3::text[])`, [
    ...scope,
    change.removedRecords,
  ]);
  await sql.run(`delete from crm_fingerprint_bucket ${where} and bucket = any ($3::int[])`, [
    ...scope,
    change.removedBuckets,
  ]);
  await saveBuckets(sql, scope, change.buckets);
  await saveRecords(sql, scope, change.records);
}

async function saveBuckets(
  sql: Sql,
  scope: [string, Entity],
  buckets: FingerprintChange['buckets'],
): Promise<void> {
  for (const part of chunks(buckets)) {
    await sql.run(
      `insert into crm_fingerprint_bucket (crm_connection_id, entity, bucket, hash)
       select $1, $2, f.bucket, f.hash from unnest($3::int[], $4::text[]) as f (bucket, hash)
       on conflict (crm_connection_id, entity, bucket) do update set hash = excluded.hash`,
      [...scope, part.map(({ bucket }) => bucket), part.map(({ hash }) => hash)],
    );
  }
}

async function saveRecords(
  sql: Sql,
  scope: [string, Entity],
  records: FingerprintChange['records'],
): Promise<void> {
  for (const part of chunks(records)) {
    await sql.run(
      `insert into crm_fingerprint_record (crm_connection_id, entity, record_id, bucket, hash)
       select $1, $2, f.record_id, f.bucket, f.hash
       from unnest($3::text[], $4::int[], $5::text[]) as f (record_id, bucket, hash)
       on conflict (crm_connection_id, entity, record_id)
       do update set bucket = excluded.bucket, hash = excluded.hash`,
      [
        ...scope,
        part.map(({ recordId }) => recordId),
        part.map(({ bucket }) => bucket),
        part.map(({ hash }) => hash),
      ],
    );
  }
}
