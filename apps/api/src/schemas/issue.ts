import { entitySchema, ISSUES, type IssueCode, issueEntry, issueTitle } from '@sync/domain';
import type { IssueView } from '@sync/engine';
import { z } from 'zod';
import { momentOf, momentSchema } from './basics.js';
import { metaSchema } from './record.js';

const issueCodes = Object.keys(ISSUES) as [IssueCode, ...IssueCode[]];

/** The stable code of an issue. */
export const issueCodeSchema = z.enum(issueCodes).meta({ id: 'IssueCode' });

/** How much stands still because of an issue. */
export const issueScopeSchema = z.enum(['record', 'mapping', 'entity', 'organization']);

/** An issue as the API shows it: one plain sentence, and what to do. */
export const issueSchema = z
  .strictObject({
    id: z.string(),
    code: issueCodeSchema,
    scope: issueScopeSchema,
    severity: z.enum(['blocking', 'warning']),
    title: z.string(),
    advice: z.string(),
    entity: entitySchema.nullable(),
    recordId: z.string().nullable(),
    recordLabel: z.string().nullable(),
    meta: metaSchema,
    firstSeenAt: momentSchema,
    lastSeenAt: momentSchema,
    count: z.number(),
    resolvedAt: momentSchema.nullable(),
  })
  .meta({ id: 'Issue' });

/** An issue in its JSON form. */
export function issueOf(view: IssueView): z.input<typeof issueSchema> {
  const { id, code, scope, severity, entity, recordId, recordLabel, meta, count } = view;
  return {
    id,
    code,
    scope,
    severity,
    title: issueTitle(code, meta),
    advice: issueEntry(code).advice,
    entity,
    recordId,
    recordLabel,
    meta: { ...meta },
    firstSeenAt: momentOf(view.firstSeenAt),
    lastSeenAt: momentOf(view.lastSeenAt),
    count,
    resolvedAt: momentOf(view.resolvedAt),
  };
}
