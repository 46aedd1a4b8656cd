import type { Entity } from '@sync/domain';
import type { Sql } from '../database/database.js';
import { absorbRecords } from '../records/absorb-records.js';
import { type Judged, ofKind, type Settlement } from './settlement.js';

/** What was just written is in Xero: the next record that is matched by its keys must find it. */
export async function absorbWritten(
  sql: Sql,
  { organizationId }: Settlement,
  judged: readonly Judged[],
): Promise<void> {
  const written = ofKind(judged, 'written').map(({ outcome }) => outcome);
  const entities = new Set<Entity>(written.map(({ operation }) => operation.binding.entity));
  for (const entity of entities) {
    const records = written
      .filter(({ operation }) => operation.binding.entity === entity)
      .map(({ xero }) => xero);
    await absorbRecords(sql, { organizationId, entity, records });
  }
}
