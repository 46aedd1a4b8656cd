import { CRM_ENTITIES, type CrmEntity } from '@sync/domain';
import { createHttpCrm } from '../http-crm.js';
import { type CrmTransport, type HttpCrmOptions, openTransport } from '../transport.js';
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
import { openTrial } from './trial.js';
import { writeChecks } from './write-checks.js';

export type { ConformanceSteps, TouchedRecord } from './follow-checks.js';
export type { ConformanceCheck, ConformanceReport } from './report.js';

/** What a CRM is tried with. */
export interface ConformanceOptions extends Pick<HttpCrmOptions, 'baseUrl' | 'apiKey' | 'timeoutMs'> {
  /** True by default: a developer tries a server of their own. */
  allowPrivateAddresses?: boolean;
  signal?: AbortSignal;
  /** Somebody who changes and deletes a record when asked; without, those checks are not tried. */
  steps?: ConformanceSteps;
  /** Whether records may be written: a customer, a cancelled invoice and entries of lists stay. False by default. */
  write?: boolean;
}

/**
 * Tries a CRM against the contract; it only reads, unless asked to write. Throws a SyncError for an address or key that
 * cannot be used at all; whatever the CRM answers is a finding of the report.
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const { baseUrl, apiKey, timeoutMs, allowPrivateAddresses = true, signal, steps, write } = options;
  const connection = {
    baseUrl,
    apiKey,
    allowPrivateAddresses,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  const transport = openTransport(connection);
  try {
    const patience = signal ?? new AbortController().signal;
    const { checks, reached } = await tryAll(inquire(transport, patience), steps);
    if (write === true && reached) checks.push(...(await tryWriting(connection, transport, patience)));
    return { ok: checks.every(({ ok }) => ok), checks };
  } finally {
    await transport.close();
  }
}

async function tryWriting(
  connection: HttpCrmOptions,
  transport: CrmTransport,
  signal: AbortSignal,
): Promise<ConformanceCheck[]> {
  const crm = createHttpCrm(connection);
  try {
    return await makeChecks(writeChecks(await openTrial(crm, transport, signal)));
  } finally {
    await crm.close();
  }
}

/** A CRM that does not even answer the first question is asked no other. */
async function tryAll(
  inquiry: Inquiry,
  steps: ConformanceSteps | undefined,
): Promise<{ checks: ConformanceCheck[]; reached: boolean }> {
  const [first, ...others] = accessChecks(inquiry);
  const reference = await makeChecks(first === undefined ? [] : [first]);
  if (reference.some(({ ok }) => !ok)) return { checks: reference, reached: false };
  const found = await surveyAll(inquiry);
  const surveys = new Map<CrmEntity, EntitySurvey>();
  for (const [entity, survey] of found) if (isThere(survey)) surveys.set(entity, survey);
  const byEntity = CRM_ENTITIES.flatMap((entity) => entityChecks(inquiry, entity, found.get(entity)));
  const checks = [
    ...reference,
    ...(await makeChecks(others)),
    ...(await makeChecks(errorChecks(inquiry))),
    ...(await makeChecks(byEntity)),
    ...(await makeChecks(documentChecks(inquiry, surveys))),
    ...(await makeChecks(followChecks(inquiry, surveys, steps))),
  ];
  return { checks, reached: true };
}

function entityChecks(inquiry: Inquiry, entity: CrmEntity, survey: Surveyed | undefined): CheckPlan[] {
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
