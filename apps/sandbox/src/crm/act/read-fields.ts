import { z } from 'zod';
import { FIELDS } from '../fields.js';
import type { CrmEntity, CrmRecords } from '../records.js';
import { ActError } from './request.js';

/** The fields of an entity that an act may give; others are refused with a sentence. */
export function readFields<E extends CrmEntity>(entity: E, fields: unknown): Partial<CrmRecords[E]> {
  const result = FIELDS[entity].partial().safeParse(fields ?? {});
  if (!result.success) throw new ActError(400, `fields: ${z.prettifyError(result.error)}`);
  // The schema of each entity is that of its record without id and stamps; zod's types lose the link to E.
  return result.data as Partial<CrmRecords[E]>;
}
