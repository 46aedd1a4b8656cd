import type { Mapping, MappingStore } from '@sync/engine';
import { type Clock, codesLookedAtAgainBy } from '@sync/domain';
import type { Database, Sql } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';
import { redriveParked } from '../ledger/hints.js';
import { resumeScopes } from '../connections/pause-scopes.js';

/** The mappings of organizations. */
export function createMappingStore(database: Database, clock: Clock): MappingStore {
  return {
    load: (organizationId) =>
      database.rows<Mapping>(
        `select kind, key, label, value, source, reason from mapping where organization_id = $1 order by kind, key`,
        [organizationId],
      ),
    suggest: async (organizationId, mappings) => {
      await insert(database, { organizationId, mappings, at: clock.now(), onConflict: FILL_GAP });
    },
    save: (organizationId, mappings) =>
      database.transaction(async (sql) => {
        const at = clock.now();
        const confirmed = mappings.map((mapping): Mapping => ({ ...mapping, source: 'confirmed' }));
        await insert(sql, { organizationId, mappings: confirmed, at, onConflict: REPLACE });
        await redriveParked(sql, organizationId, codesLookedAtAgainBy('mapping'), at);
      }),
    confirm: (organizationId, at) => database.transaction((sql) => confirm(sql, organizationId, at)),
  };
}

/** A gap is filled once something fits; what has a value, or was chosen, is left as it is. */
const FILL_GAP = `do update set value = excluded.value, reason = excluded.reason, updated_at = excluded.updated_at
  where mapping.value is null and mapping.source = 'suggested' and excluded.value is not null`;

const REPLACE = `do update set label = excluded.label, value = excluded.value, source = excluded.source,
  reason = excluded.reason, updated_at = excluded.updated_at`;

function insert(
  sql: Sql,
  request: { organizationId: string; mappings: readonly Mapping[]; at: Date; onConflict: string },
): Promise<number> {
  const distinct = new Map(request.mappings.map((mapping) => [`${mapping.kind} ${mapping.key}`, mapping]));
  return sql.run(
    `insert into mapping (organization_id, kind, key, label, value, source, reason, updated_at)
     select $1, m.kind, m.key, m.label, m.value, m.source, m.reason, $3
     from jsonb_to_recordset($2::jsonb)
       as m (kind text, key text, label text, value text, source text, reason text)
     order by m.kind, m.key
     on conflict (organization_id, kind, key) ${request.onConflict}`,
    [request.organizationId, jsonParameter([...distinct.values()]), request.at],
  );
}

async function confirm(sql: Sql, organizationId: string, at: Date): Promise<void> {
  await sql.run(
    `update mapping set source = 'confirmed', updated_at = $2
     where organization_id = $1 and value is not null and source <> 'confirmed'`,
    [organizationId, at],
  );
  await sql.run(
    'update organization set mappings_confirmed_at = coalesce(mappings_confirmed_at, $2) where id = $1',
    [organizationId, at],
  );
  await resumeScopes(sql, { organizationId, codes: ['MAPPINGS_NOT_CONFIRMED'], entity: null, at });
}
