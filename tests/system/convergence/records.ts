import type { IssueView, RecordView } from '@sync/engine';
import type { Stage } from '../stage.js';

/** Everything that the service knows of records, and what it says of those that need somebody. */
export interface KnownRecords {
  records: RecordView[];
  /** Codes of open issues by record. */
  reasons: ReadonlyMap<string, string[]>;
}

/** Reads all records and open issues of a stage. */
export async function knownRecords({ service, organizationId }: Stage): Promise<KnownRecords> {
  const { admin } = service.storage;
  const any = { organizationId, entity: null, limit: 1000 };
  const records = await allPages((cursor) => admin.records({ ...any, status: null, text: null, cursor }));
  const filter = { ...any, open: true, code: null, scope: null, recordId: null };
  const issues = await allPages<IssueView>((cursor) => admin.issues({ ...filter, cursor }));
  const reasons = new Map<string, string[]>();
  for (const { recordId, code } of issues) {
    if (recordId !== null) reasons.set(recordId, [...(reasons.get(recordId) ?? []), code]);
  }
  return { records, reasons };
}

async function allPages<T>(
  page: (cursor: string | null) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | null = null; ; ) {
    const { items, nextCursor } = await page(cursor);
    all.push(...items);
    if (nextCursor === null) return all;
    cursor = nextCursor;
  }
}
