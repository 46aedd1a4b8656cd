import type { OrganizationStore } from '@sync/engine';
import { type Entity, type IssueCode, issueEntry } from '@sync/domain';
import type { Sql } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';

type PauseRequest = Parameters<OrganizationStore['pause']>[0];

const OPEN = `
  insert into issue as i (organization_id, code, scope, severity, entity, meta, probe_at, first_seen_at, last_seen_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
  on conflict (organization_id, coalesce(entity, ''), code) where resolved_at is null and binding_id is null
  do update set count = i.count + 1, last_seen_at = excluded.last_seen_at, meta = excluded.meta,
    probe_at = excluded.probe_at`;

/** Opens the issue of a whole scope, or counts it up; nothing of the scope is claimed before `probeAt`. */
export async function pauseScope(sql: Sql, request: PauseRequest, now: Date): Promise<void> {
  const { organizationId, entity, code, meta, probeAt } = request;
  const scope = entity === null ? 'organization' : 'entity';
  await sql.run(OPEN, [organizationId, code, scope, 'blocking', entity, jsonParameter(meta), probeAt, now]);
}

/** Opens an issue of no single record, or counts it up; it pauses nothing. */
export async function tellScope(
  sql: Sql,
  { organizationId, code, meta }: Parameters<OrganizationStore['tell']>[0],
  now: Date,
): Promise<void> {
  const { scope, severity } = issueEntry(code);
  await sql.run(OPEN, [organizationId, code, scope, severity, null, jsonParameter(meta), null, now]);
}

/** Resolves open issues of a whole scope. The operations were never undone: what is due is claimed again. */
export async function resumeScopes(
  sql: Sql,
  request: { organizationId: string; codes: readonly IssueCode[]; entity: Entity | null; at: Date },
): Promise<void> {
  await sql.run(
    `update issue set resolved_at = $4
     where organization_id = $1 and code = any ($2) and ($3::text is null or entity = $3)
       and resolved_at is null and binding_id is null`,
    [request.organizationId, request.codes, request.entity, request.at],
  );
}
