import { ENTITIES, type Entity } from '@sync/domain';
import { type HttpCrmOptions, openTransport } from '../transport.js';
import { accessChecks, errorChecks } from './access-checks.js';
import { documentChecks } from './document-checks.js';
import { feedChecks } from './feed-checks.js';
import { type ConformanceSteps, followChecks } from './follow-checks.js';
import { recordChecks } from './record-checks.js';
import {
  broken,
  type CheckPlan,
  type ConformanceCheck,
  type ConformanceReport,
  makeChecks,
  untried,
} from './report.js';
import { type EntitySurvey, inquire, type Inquiry, type Surveyed, surveyAll } from './survey.js';

export type { ConformanceSteps, TouchedRecord } from './follow-checks.js';
export type { ConformanceCheck, ConformanceReport } from './report.js';

/** What a CRM is tried with. */
export interface ConformanceOptions extends Pick<HttpCrmOptions, 'baseUrl' | 'apiKey' | 'timeoutMs'> {
  /** True by default: a developer tries a server of their own. */
  allowPrivateAddresses?: boolean;
  signal?: AbortSignal;
  /** Somebody who changes and deletes a record when asked; without, those checks are not tried. */
  steps?: ConformanceSteps;
}

/**
 * Tries a CRM against the contract; it only reads. Throws a SyncError for an address or key that cannot be used at all;
 * whatever the CRM answers is a finding of the report.
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const { baseUrl, apiKey, timeoutMs, allowPrivateAddresses = true, signal, steps } = options;
  const transport = openTransport({
    baseUrl,
    apiKey,
    allowPrivateAddresses,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  try {
    const inquiry = inquire(transport, signal ?? new AbortController().signal);
    const checks = await tryAll(inquiry, steps);
    return { ok: checks.every(({ ok }) => ok), checks };
  } finally {
    await transport.close();
  }
}

/** A CRM that does not even answer the first question is asked no other. */
async function tryAll(inquiry: Inquiry, steps: ConformanceSteps | undefined): Promise<ConformanceCheck[]> {
  const [first, ...others] = accessChecks(inquiry);
  const reference = await makeChecks(first === undefined ? [] : [first]);
  if (reference.some(({ ok }) => !ok)) return reference;
  const found = await surveyAll(inquiry);
  const surveys = new Map<Entity, EntitySurvey>();
  for (const [entity, survey] of found) if (isThere(survey)) surveys.set(entity, survey);
  const byEntity = ENTITIES.flatMap((entity) => entityChecks(inquiry, entity, found.get(entity)));
  return [
    ...reference,
    ...(await makeChecks(others)),
    ...(await makeChecks(errorChecks(inquiry))),
    ...(await makeChecks(byEntity)),
    ...(await makeChecks(documentChecks(inquiry, surveys))),
    ...(await makeChecks(followChecks(inquiry, surveys, steps))),
  ];
}

function entityChecks(inquiry: Inquiry, entity: Entity, survey: Surveyed | undefined): CheckPlan[] {
  if (isThere(survey)) {
    return [...feedChecks(inquiry, entity, survey), ...recordChecks(inquiry, entity, survey)];
  }
  const advice = `Make GET /v1/${entity}/changes and GET /v1/${entity}?ids= answer as the contract describes them.`;
  const run = () =>
    survey === 'absent'
      ? untried(`this CRM has no ${entity}: GET /v1/${entity}/changes answered 404`)
      : broken(survey?.message ?? 'it was not looked at');
  return [{ name: `changes.${entity}.readable`, advice, run }];
}

function isThere(survey: Surveyed | undefined): survey is EntitySurvey {
  return survey !== undefined && survey !== 'absent' && !(survey instanceof Error);
}
