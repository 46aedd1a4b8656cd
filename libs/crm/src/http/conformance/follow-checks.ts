import type { CrmEntity } from '@sync/domain';
import { broken, type CheckPlan, type Finding, kept, untried } from './report.js';
import { type EntitySurvey, type Inquiry, readSample, type Walk, walkThrough } from './survey.js';

/** A record that was changed or deleted in the CRM while the checks wait. */
export interface TouchedRecord {
  entity: CrmEntity;
  id: string;
}

/** What somebody does in the CRM when the checks ask for it; null: not this time. */
export interface ConformanceSteps {
  change(): Promise<TouchedRecord | null>;
  remove(): Promise<TouchedRecord | null>;
}

/** Whether the listing reports what happens while it is watched. */
export function followChecks(
  inquiry: Inquiry,
  surveys: ReadonlyMap<CrmEntity, EntitySurvey>,
  steps: ConformanceSteps | undefined,
): CheckPlan[] {
  return [
    {
      name: 'follow.changed',
      advice:
        'After a change of a record, or of a part of it, the listing must name it to a reader with an older cursor.',
      run: async () => followChange(inquiry, surveys, (await steps?.change()) ?? null),
    },
    {
      name: 'follow.deleted',
      advice:
        'Keep a note of deleted records for 30 days; name them with "deleted": true, and in "missing" when read.',
      run: async () => followDeletion(inquiry, surveys, (await steps?.remove()) ?? null),
    },
  ];
}

async function followChange(
  inquiry: Inquiry,
  surveys: ReadonlyMap<CrmEntity, EntitySurvey>,
  touched: TouchedRecord | null,
): Promise<Finding> {
  const since = await walkSince(inquiry, surveys, touched);
  if (since === null || touched === null) return untried('nothing was changed meanwhile');
  if (since.ids.includes(touched.id)) return kept(`${touched.id} is named`);
  return broken(`${touched.id} was changed, but the listing does not name it`);
}

async function followDeletion(
  inquiry: Inquiry,
  surveys: ReadonlyMap<CrmEntity, EntitySurvey>,
  touched: TouchedRecord | null,
): Promise<Finding> {
  const since = await walkSince(inquiry, surveys, touched);
  if (since === null || touched === null) return untried('nothing was deleted meanwhile');
  const { entity, id } = touched;
  if (!since.deleted.includes(id)) return broken(`${id} was deleted, but the listing does not say so`);
  const { missing } = await readSample(inquiry, entity, [id]);
  return missing.includes(id)
    ? kept(`${id} is reported`)
    : broken(`${id} was deleted, but is not "missing" when read`);
}

async function walkSince(
  inquiry: Inquiry,
  surveys: ReadonlyMap<CrmEntity, EntitySurvey>,
  touched: TouchedRecord | null,
): Promise<Walk | null> {
  const survey = touched === null ? undefined : surveys.get(touched.entity);
  if (touched === null || survey === undefined) return null;
  return walkThrough(inquiry, touched.entity, 200, survey.walk.cursor);
}
