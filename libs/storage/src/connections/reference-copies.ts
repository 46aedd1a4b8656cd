import type { Copy, OrganizationStore, ReferenceCopies } from '@sync/engine';
import type { Database } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';

type Kept = Pick<OrganizationStore, 'copies' | 'saveCopies' | 'askForReference' | 'referenceAnswered'>;

/** What both sides have to choose from, as last read. */
export function createReferenceCopies(database: Database): Kept {
  return {
    copies: (organizationId) => load(database, organizationId),
    saveCopies: async (organizationId, { crm, documents }) => {
      if (crm) await save(database, organizationId, 'crm', crm);
      if (documents) await save(database, organizationId, 'documents', documents);
    },
    askForReference: async (organizationId, at) => {
      await database.run('update organization set reference_asked_at = $2 where id = $1', [
        organizationId,
        at,
      ]);
    },
    referenceAnswered: async (organizationId, askedAt) => {
      await database.run(
        'update organization set reference_asked_at = null where id = $1 and reference_asked_at <= $2',
        [organizationId, askedAt],
      );
    },
  };
}

interface CopyRow {
  kind: 'xero' | 'crm' | 'documents';
  data: unknown;
  read_at: Date | null;
  asked_at: Date | null;
}

async function load(database: Database, organizationId: string): Promise<ReferenceCopies | null> {
  const rows = await database.rows<CopyRow>(
    `select 'xero' as kind, o.reference as data, o.reference_read_at as read_at, o.reference_asked_at as asked_at
     from organization o where o.id = $1
     union all
     select c.kind, c.data, c.read_at, null from reference_copy c where c.organization_id = $1`,
    [organizationId],
  );
  const [own] = rows.filter(({ kind }) => kind === 'xero');
  if (!own) return null;
  return {
    xero: copyOf(rows, 'xero'),
    crm: copyOf(rows, 'crm'),
    documents: copyOf(rows, 'documents'),
    askedAt: own.asked_at,
  };
}

/** Stored by ourselves, in the form of the port. */
function copyOf<T>(rows: readonly CopyRow[], kind: CopyRow['kind']): Copy<T> | null {
  const row = rows.find((one) => one.kind === kind);
  return row?.data && row.read_at ? { data: row.data as T, readAt: row.read_at } : null;
}

async function save(
  database: Database,
  organizationId: string,
  kind: 'crm' | 'documents',
  { data, readAt }: Copy<object>,
): Promise<void> {
  await database.run(
    `insert into reference_copy (organization_id, kind, data, read_at) values ($1, $2, $3, $4)
     on conflict (organization_id, kind) do update set data = excluded.data, read_at = excluded.read_at`,
    [organizationId, kind, jsonParameter(data), readAt],
  );
}
