import type { AdminStore, CursorPage, IssueView } from '@sync/engine';
import type { Database } from '../database/database.js';
import { isUuid } from '../database/uuid.js';
import { pageOf, readCursor } from './cursor.js';

/** Issues, the newest first. Ordered by when they were first seen, which never changes while one pages. */
export async function listIssues(
  database: Database,
  request: Parameters<AdminStore['issues']>[0],
): Promise<CursorPage<IssueView>> {
  if (request.recordId !== null && !isUuid(request.recordId)) return { items: [], nextCursor: null };
  const after = readCursor(request.cursor);
  const rows = await database.rows<IssueView>(SELECT, [
    request.organizationId,
    request.open,
    request.code,
    request.scope,
    request.entity,
    request.recordId,
    after?.at ?? null,
    after?.id ?? null,
    request.limit + 1,
  ]);
  return pageOf(rows, request.limit, {
    item: (row) => row,
    position: (row) => ({ at: row.firstSeenAt, id: row.id }),
  });
}

const SELECT = `
  select i.id, i.code, i.scope, i.severity, i.entity, i.binding_id as "recordId", b.label as "recordLabel", i.meta,
    i.first_seen_at as "firstSeenAt", i.last_seen_at as "lastSeenAt", i.count, i.resolved_at as "resolvedAt"
  from issue i left join binding b on b.organization_id = i.organization_id and b.id = i.binding_id
  where i.organization_id = $1 and (i.resolved_at is null) = $2 and ($3::text is null or i.code = $3)
    and ($4::text is null or i.scope = $4) and ($5::text is null or i.entity = $5)
    and ($6::uuid is null or i.binding_id = $6)
    and ($7::timestamptz is null or (i.first_seen_at, i.id) < ($7, $8::uuid))
  order by i.first_seen_at desc, i.id desc limit $9`;
