import { crmEntityOf, type Entity, SyncError } from '@sync/domain';
import type { Decision, Flow, XeroSide } from '../decide.js';
import type { EntityDefinition } from '../definition.js';
import { flowsToCrm, flowsToXero } from '../directions.js';
import { isPulled, mayBeMadeInCrm } from '../pull-rules.js';
import type { CrmReading, CrmWriteResult } from '../ports/crm.js';
import type { ClaimedOperation, CrmWriteIntent, Outcome } from '../ports/stores.js';
import { changedMeanwhile } from './changed-meanwhile.js';
import { count, type DrainContext } from './context.js';
import { writtenOutcome } from './outcomes.js';
import { asRead, type CompletedReading, completed } from './completed-reading.js';
import { postingFacts } from './references.js';

/** Records that the CRM takes in one call. */
const WRITES_PER_CALL = 50;

/** A record that is ready to be written into the CRM. */
export interface CrmReady {
  operation: ClaimedOperation;
  intoCrm: Omit<CrmWriteIntent, 'key'>;
}

/** Which ways an entity flows, as far as the CRM can be written. */
export function flowOf({ organization, crm }: DrainContext, entity: Entity): Flow {
  const { settings } = organization;
  const written = isIn(crm.writable, entity);
  return {
    toXero: flowsToXero(settings, entity),
    toCrm: flowsToCrm(settings, entity) && written,
    takesOut: isPulled(settings, entity) && (written || isIn(crm.removable, entity)),
  };
}

/** Whether records that are known in Xero only may be made in the CRM. */
export function mayBeMade({ organization, crm }: DrainContext, entity: Entity): boolean {
  return mayBeMadeInCrm(organization.settings, entity) && isIn(crm.writable, entity);
}

function isIn(entities: readonly Entity[], entity: Entity): boolean {
  return entities.includes(entity);
}

/** The write that a decision asks for. */
export function crmReady<E extends Entity>(
  definition: EntityDefinition<E>,
  request: {
    operation: ClaimedOperation;
    reading: CompletedReading<E> | null;
    side: XeroSide<E> | null;
    decision: Extract<Decision<E>, { kind: 'write-crm' }>;
  },
): CrmReady {
  const { operation, reading, side, decision } = request;
  if (!side) throw new Error('Nothing of Xero is known to write into the CRM');
  const { id: bindingId, crmId } = operation.binding;
  const { unagreed, more } = decision;
  const record = definition.withoutDefaults?.(decision.record) ?? decision.record;
  const was = asRead(reading);
  const label = definition.label(record);
  const { entity } = definition;
  const xero = side.copy.record;
  return { operation, intoCrm: { bindingId, entity, crmId, record, was, xero, unagreed, more, label } };
}

/**
 * Writes records into the CRM. Each write is stored with a key of its own before it is made; one that was stored before,
 * and of which nobody knows what became, is made once more as it was, under its key: in the CRM both are one.
 */
export async function writeBack(
  context: DrainContext,
  definition: EntityDefinition,
  { ready, open }: { ready: readonly CrmReady[]; open: readonly OpenWrite[] },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let start = 0; start < ready.length; start += WRITES_PER_CALL) {
    const part = ready.slice(start, start + WRITES_PER_CALL);
    const wanted = part.map(({ intoCrm }) => intoCrm);
    const { stores } = context.parts;
    const intents = await stores.crmWrites.store(context.organization.id, context.fence, wanted);
    outcomes.push(...(await make(context, definition, pair(part, intents))));
  }
  for (let start = 0; start < open.length; start += WRITES_PER_CALL)
    outcomes.push(...(await make(context, definition, open.slice(start, start + WRITES_PER_CALL))));
  return outcomes;
}

/** A stored write, with the operation that it belongs to. */
export interface OpenWrite {
  operation: ClaimedOperation;
  intent: CrmWriteIntent;
}

function pair(ready: readonly CrmReady[], intents: readonly CrmWriteIntent[]): OpenWrite[] {
  return ready.map(({ operation }) => {
    const intent = intents.find(({ bindingId }) => bindingId === operation.binding.id);
    if (!intent) throw new Error(`The write of ${operation.binding.id} was not stored`);
    return { operation, intent };
  });
}

async function make(
  context: DrainContext,
  definition: EntityDefinition,
  writes: readonly OpenWrite[],
): Promise<Outcome[]> {
  const asked = writes.map(({ intent: { key, crmId, record, was } }) => ({ key, crmId, record, was }));
  const results = await context.crm.write(crmEntityOf(definition.entity), asked, context.signal);
  const byKey = new Map(results.map((result) => [result.key, result]));
  return writes.map((write) => {
    const result = byKey.get(write.intent.key);
    if (!result) throw unanswered(definition.entity);
    return outcomeOf(context, definition, write, result);
  });
}

/** The write stays stored, and is made again. */
function unanswered(entity: Entity): SyncError {
  const reason = `it said nothing of a write of ${entity}`;
  return new SyncError('validation', reason, { code: 'CRM_ANSWER_UNREADABLE', meta: { reason } });
}

function outcomeOf(
  context: DrainContext,
  definition: EntityDefinition,
  { operation, intent }: OpenWrite,
  result: CrmWriteResult,
): Outcome {
  if (result.state === 'refused') {
    const { code, meta } = result;
    return { operation, kind: 'parked', code, meta, label: intent.label };
  }
  if (result.state === 'changed') {
    count(context.tally, 'changed-in-crm');
    return changedMeanwhile(context, operation, intent.label);
  }
  return written(context, definition, { operation, intent }, result.reading);
}

function written(
  context: DrainContext,
  definition: EntityDefinition,
  { operation, intent }: OpenWrite,
  found: Extract<CrmReading, { state: 'found' }>,
): Outcome {
  const reading = completed(definition, found, context.organization.settings);
  const record = reading.state === 'found' ? reading.record : found.record;
  const outcome = writtenOutcome({
    operation,
    action: 'pull',
    intent: {
      label: definition.label(record),
      crmOwned: { ...definition.owned(record), ...intent.unagreed },
      birthMark: found.birthMark,
      expected: {},
      adjusted: { taxCents: 0, roundingCents: 0 },
      warnings: definition.warnings(record, postingFacts(context)),
    },
    xero: intent.xero,
    codecVersion: definition.codecVersion,
    detail: { key: intent.key, made: intent.crmId === null },
  });
  return { ...outcome, crmId: record.id, more: intent.more };
}
