import type { Entity } from '@sync/domain';
import type { EntityDefinition } from '../definition.js';
import type { ClaimedOperation, FieldConflict, IdentityCandidate, Outcome } from '../ports/stores.js';
import { bookedOtherwise } from './booked-otherwise.js';
import { brake } from './brake.js';
import type { DrainContext } from './context.js';
import { type PullFacts, pullFacts } from './pull-facts.js';
import { candidatesFor, parentStates, readAll } from './readings.js';
import { readAgainBeforeParking } from './reference-data.js';
import { type CrmRemovalReady, removeFromCrm } from './remove-from-crm.js';
import type { Ready, Subject } from './ready.js';
import { translate } from './translate.js';
import { CrmReplaced } from './trouble.js';
import { type CrmReady, type OpenWrite, writeBack } from './write-back.js';
import { knownInXero } from './xero-side.js';

/** What claimed operations came to: some are to be written into Xero, the rest has its outcome. */
export interface Prepared {
  ready: Ready[];
  outcomes: Outcome[];
}

/** Records that were decided, those to be written into the CRM apart. */
interface Translated extends Prepared {
  intoCrm: CrmReady[];
  outOfCrm: CrmRemovalReady[];
}

/**
 * Reads claimed records afresh on both sides, decides each, encodes those that are to be written into Xero, and writes
 * those that are to be written into the CRM. A write into the CRM of which nobody knows what became comes first, and alone:
 * what it made may be claimed here as well, known from an event of the CRM, and must not be taken for another record.
 */
export async function prepare<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  operations: readonly ClaimedOperation[],
): Promise<Prepared> {
  const open = await openWrites(context, operations);
  if (open.length > 0) return settleOpen(context, definition as EntityDefinition, { operations, open });
  const { outcomes, ...decided } = await decideAll(context, definition, operations);
  const { writes, held } = await brake(context, definition.entity, decided);
  const { ready, intoCrm, outOfCrm } = writes;
  const written = await writeBack(context, definition as EntityDefinition, { ready: intoCrm, open: [] });
  const removed = await removeFromCrm(context, definition as EntityDefinition, outOfCrm);
  return { ready, outcomes: [...outcomes, ...held, ...written, ...removed] };
}

/** The rest is claimed again once these are settled. */
async function settleOpen(
  context: DrainContext,
  definition: EntityDefinition,
  { operations, open }: { operations: readonly ClaimedOperation[]; open: readonly OpenWrite[] },
): Promise<Prepared> {
  const dueAt = context.parts.clock.now();
  const rest = operations.filter((operation) => !open.some((write) => write.operation === operation));
  const again = rest.map(
    (operation): Outcome => ({ operation, kind: 'again', dueAt, reason: 'writes were open', free: true }),
  );
  const written = await writeBack(context, definition, { ready: [], open });
  return { ready: [], outcomes: [...written, ...again] };
}

async function openWrites(
  { parts, organization }: DrainContext,
  operations: readonly ClaimedOperation[],
): Promise<OpenWrite[]> {
  const written = operations.filter(({ binding }) => binding.crmWrites > 0);
  if (written.length === 0) return [];
  const ids = written.map(({ binding }) => binding.id);
  const intents = await parts.stores.crmWrites.open(organization.id, ids);
  return intents.flatMap((intent) => {
    const operation = written.find(({ binding }) => binding.id === intent.bindingId);
    return operation ? [{ operation, intent }] : [];
  });
}

async function decideAll<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  operations: readonly ClaimedOperation[],
): Promise<Translated> {
  const asRead = await readAll(context, definition, operations);
  const readings = await bookedOtherwise(context, definition, operations, asRead);
  const parents = await parentStates(context, definition, [...readings.values()]);
  const candidates = await candidatesFor(context, definition, { operations, readings, parents });
  const known = await knownInXero(context, definition as EntityDefinition, { operations, readings });
  const choices = await choicesFor(context, operations);
  const facts = await pullFacts(context, definition.entity, { operations, known });
  const subjects = operations.map((operation): Subject<E> => {
    const { id, crmId } = operation.binding;
    const reading = crmId === null ? null : (readings.get(crmId) ?? null);
    const chosen = choices.get(id) ?? [];
    return { operation, reading, parents, candidates, known: known.get(id) ?? null, choices: chosen };
  });
  const translated = translateAll(context, definition, { subjects, facts });
  const again = await readAgainBeforeParking(context, translated.outcomes);
  return again ? translateAll(context, definition, { subjects, facts }) : translated;
}

/** What people chose for records that both sides had changed, or that are gone from one of them. */
async function choicesFor(
  { parts, organization }: DrainContext,
  operations: readonly ClaimedOperation[],
): Promise<Map<string, FieldConflict[]>> {
  const asked = operations.filter(({ binding }) => binding.xeroId !== null && binding.status !== 'pending');
  if (asked.length === 0) return new Map();
  const ids = asked.map(({ binding }) => binding.id);
  return parts.stores.conflicts.of(organization.id, ids);
}

function translateAll<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  { subjects, facts }: { subjects: readonly Subject<E>[]; facts: PullFacts },
): Translated {
  const prepared: Translated = { ready: [], outcomes: [], intoCrm: [], outOfCrm: [] };
  let candidates = subjects[0]?.candidates ?? [];
  for (const subject of subjects) {
    const result = translateSafely(context, definition, { subject: { ...subject, candidates }, facts });
    if ('element' in result) prepared.ready.push(result);
    else if ('intoCrm' in result) prepared.intoCrm.push(result);
    else if ('outOfCrm' in result) prepared.outOfCrm.push(result);
    else {
      prepared.outcomes.push(result);
      candidates = claimed(candidates, result);
    }
  }
  return prepared;
}

/** What one record was just linked to is no other's: two payments that are alike take two, or the second is made. */
function claimed(candidates: readonly IdentityCandidate[], outcome: Outcome): readonly IdentityCandidate[] {
  if (outcome.kind !== 'written' || outcome.action !== 'link') return candidates;
  const crmId = outcome.operation.binding.crmId ?? '';
  return candidates.map((candidate) =>
    candidate.xeroId === outcome.xero.xeroId
      ? { ...candidate, boundCrmIds: [...candidate.boundCrmIds, crmId] }
      : candidate,
  );
}

/** One record that breaks our own code parks alone; its batch and its organization go on. */
function translateSafely<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  { subject, facts }: { subject: Subject<E>; facts: PullFacts },
): Outcome | Ready | CrmReady | CrmRemovalReady {
  try {
    return translate(context, definition, subject, facts);
  } catch (error) {
    if (error instanceof CrmReplaced) throw error;
    const { operation } = subject;
    const reference = context.parts.newId();
    context.parts.log.error(
      { reference, bindingId: operation.binding.id, error },
      'a record broke the service',
    );
    const meta = { reason: 'the record could not be prepared', reference };
    return { operation, kind: 'parked', code: 'UNEXPECTED', meta, label: operation.binding.label };
  }
}
