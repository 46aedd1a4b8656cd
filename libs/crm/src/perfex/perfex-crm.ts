import { type Clock, CRM_ENTITIES, type CrmEntity, SyncError } from '@sync/domain';
import type { ChangePage, CrmPort, FingerprintStore, ListChanges } from '@sync/engine';
import { type BucketPlan, listBuckets } from './changes/list-buckets.js';
import { listNew } from './changes/list-new.js';
import { type DatabaseLogin, openDatabase, type Query } from './database.js';
import { readRecords, refuseTooManyIds } from './reading/read-records.js';
import { readReference } from './reading/read-reference.js';
import type { PerfexSession } from './reading/session.js';
import { type PerfexSchema, readSchema } from './schema.js';
import { tableNames } from './table-names.js';
import { readTimeZone } from './writing/local-time.js';
import { createPerfexWriting } from './writing/perfex-writing.js';
import { writerOf } from './writing/writers.js';

/** What connects to one Perfex installation. */
export interface PerfexCrmOptions extends DatabaseLogin {
  /** What the installation's table names begin with; `tbl` unless told. */
  prefix?: string;
  /** Where the adapter remembers what it has seen. */
  fingerprints: FingerprintStore;
  clock: Clock;
}

/** How long the columns that were found are taken for granted; an upgrade of Perfex shows after this time. */
const SCHEMA_VALID_MS = 10 * 60_000;

/** A CRM port on a Perfex database. As long as nothing is written, a user with SELECT on the database is enough. */
export function createPerfexCrm(options: PerfexCrmOptions): CrmPort {
  const { fingerprints, clock, prefix = 'tbl', ...login } = options;
  const tables = tableNames(prefix);
  const database = openDatabase(login);
  const plan: BucketPlan = new Map();
  let known: { schema: PerfexSchema; until: number } | null = null;

  const forget = (): void => {
    known = null;
    writing.forget();
  };
  const schemaBy = async (query: Query): Promise<PerfexSchema> => {
    const now = clock.now().getTime();
    if (known === null || known.until <= now) {
      forget();
      known = { schema: await readSchema(query, prefix), until: now + SCHEMA_VALID_MS };
    }
    return known.schema;
  };
  const writing = createPerfexWriting({
    database,
    prefix,
    tables,
    clock,
    look: (signal) =>
      database.snapshot(signal, async (query) => ({
        schema: await schemaBy(query),
        timeZone: await readTimeZone(query, tables),
      })),
  });
  /** An upgrade of Perfex may have changed the columns meanwhile: the next try looks at them again. */
  const lookAgain = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof SyncError && error.code === 'CRM_SCHEMA_UNKNOWN') forget();
      throw error;
    }
  };
  const inSession = <T>(signal: AbortSignal, work: (session: PerfexSession) => Promise<T>): Promise<T> =>
    lookAgain(
      database.snapshot(signal, async (query) => work({ query, tables, schema: await schemaBy(query) })),
    );
  const present = (): readonly CrmEntity[] => known?.schema.entities ?? CRM_ENTITIES;

  return {
    get entities() {
      return present();
    },
    deletions: 'reported',
    check: (signal) => {
      forget();
      return inSession(signal, async (session) => void (await readReference(session)));
    },
    listChanges: (request) =>
      inSession(request.signal, (session) => listChanges(session, fingerprints, { request, plan })),
    read: async (entity, ids, signal) => {
      refuseTooManyIds(ids);
      return inSession(signal, (session) => readRecords(session, entity, ids));
    },
    reference: (signal) => inSession(signal, readReference),
    get referenceWritable(): CrmPort['referenceWritable'] {
      return present().includes('expenses') ? ['expense-category', 'payment-mode'] : ['payment-mode'];
    },
    addReference: (addition, signal) => lookAgain(writing.add(addition, signal)),
    get writable() {
      return present().filter((entity) => writerOf(entity) !== null);
    },
    write: (entity, writes, signal) => lookAgain(writing.write(entity, writes, signal)),
    get removable() {
      return present().filter((entity) => writerOf(entity)?.remove !== undefined);
    },
    remove: (entity, removals, signal) => lookAgain(writing.remove(entity, removals, signal)),
    close: () => database.close(),
  };
}

/** Of an entity whose tables are not there nothing is listed, above all nothing as gone. */
async function listChanges(
  session: PerfexSession,
  fingerprints: FingerprintStore,
  { request, plan }: { request: ListChanges; plan: BucketPlan },
): Promise<ChangePage> {
  const { entity, depth, cursor } = request;
  if (!session.schema.entities.includes(entity)) return { changes: [], cursor: cursor ?? '', last: true };
  return depth === 'new'
    ? listNew(session, fingerprints, request)
    : listBuckets(session, fingerprints, { request, plan });
}
