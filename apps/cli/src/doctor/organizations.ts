import { createCrmConnections, type CrmConnections, createDatabaseClock } from '@sync/composition';
import type { EncryptionKeys } from '@sync/config';
import type { OrganizationView } from '@sync/engine';
import { openStorage, type Storage, StorageError } from '@sync/storage';
import { doubtful, fine, type Finding, wrong } from './finding.js';
import { examineOrganization } from './organization.js';

/** SQLSTATE of a table or column that is not there. */
const NOT_MIGRATED: ReadonlySet<string | null> = new Set(['42P01', '42703']);

/** Organizations read at once. */
const PAGE = 100;

/** Whether the schema is there, and how each organization is. */
export async function* examineOrganizations(request: {
  databaseUrl: string;
  encryptionKeys: EncryptionKeys;
}): AsyncGenerator<Finding> {
  const { databaseUrl, encryptionKeys } = request;
  const clock = createDatabaseClock();
  const storage = await openStorage({ url: databaseUrl, encryptionKeys, clock });
  const { admin, fingerprints } = storage;
  const crms = createCrmConnections({ admin, fingerprints: (id) => fingerprints(id), clock });
  try {
    yield* examineAll(storage, crms);
  } finally {
    await crms.close();
    await storage.close();
  }
}

async function* examineAll(storage: Storage, crms: CrmConnections): AsyncGenerator<Finding> {
  const organizations = await listAll(storage);
  if (organizations === null) {
    const advice = 'run: npm run migrate (api and worker do it, too, when they start)';
    return yield wrong('database', 'it lacks the current schema', advice);
  }
  yield fine('database', 'it has the current schema');
  if (organizations.length === 0) {
    yield doubtful('organizations', 'there is none yet', 'create one: docs/going-to-production.md');
  }
  for (const organization of organizations) yield* examineOrganization({ organization, storage, crms });
}

/** Null: the schema is not there. */
async function listAll({ admin }: Storage): Promise<OrganizationView[] | null> {
  const all: OrganizationView[] = [];
  let cursor: string | null = null;
  try {
    do {
      const page: Awaited<ReturnType<typeof admin.organizations>> = await admin.organizations({
        cursor,
        limit: PAGE,
      });
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return all;
  } catch (error) {
    if (error instanceof StorageError && NOT_MIGRATED.has(error.code)) return null;
    throw error;
  }
}
