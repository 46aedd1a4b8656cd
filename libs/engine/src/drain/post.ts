import { type Entity, type ErrorKind, SyncError } from '@sync/domain';
import type { EntityDefinition } from '../definition.js';
import type { ClaimedOperation, Outcome, WriteBatch } from '../ports/stores.js';
import type { MemberResult } from '../ports/xero.js';
import { batchesOf } from './batches.js';
import { count, type DrainContext } from './context.js';
import { absorb, bringUpToDate } from './identities.js';
import { refusedOutcome, writtenOutcome } from './outcomes.js';
import { QUIET_AFTER_FAILURE_MS, QUIET_AFTER_SENDING_MS } from './timing.js';
import type { Ready } from './ready.js';
import { lookAtSameRecord } from './same-record.js';
import { troubleOf } from './trouble.js';

/** Posts records that are ready: usually one call, several where one would be too large. */
export function post(
  context: DrainContext,
  definition: EntityDefinition,
  ready: readonly Ready[],
): Promise<void> {
  return postAll(context, definition, [ready]);
}

/** Posts one group after the other. An error ends it, and gives back whatever is in no stored batch. */
async function postAll(
  context: DrainContext,
  definition: EntityDefinition,
  groups: readonly (readonly Ready[])[],
): Promise<void> {
  const { stores } = context.parts;
  let left = groups.flat();
  try {
    for (const { batch, members } of groups.flatMap((group) => batchesOf(context, definition, group))) {
      // Counted before anything is awaited: calls that start side by side must see each other.
      context.tally.writingCalls += 1;
      await stores.batches.store(context.fence, batch);
      left = left.filter((one) => !members.includes(one));
      context.batchesUnderWay.add(batch.id);
      await send(context, definition, batch, members).finally(() => context.batchesUnderWay.delete(batch.id));
    }
  } catch (error) {
    await giveBack(context, left);
    throw error;
  }
}

async function giveBack({ parts, organization }: DrainContext, members: readonly Ready[]): Promise<void> {
  if (members.length === 0) return;
  const operations = members.map(({ operation }) => operation);
  await parts.stores.operations.release(organization.id, operations);
}

async function send(
  context: DrainContext,
  definition: EntityDefinition,
  batch: WriteBatch,
  members: readonly Ready[],
): Promise<void> {
  let results: MemberResult[];
  try {
    results = await call(context, batch);
  } catch (error) {
    return failed(context, definition, batch, members, error);
  }
  const operations = members.map(({ operation }) => operation);
  await commit(context, definition, batch, operations, results);
}

/** Makes the call of a stored batch: from `beforeSending` on, the batch counts as sent. */
export function call(context: DrainContext, batch: WriteBatch): Promise<MemberResult[]> {
  const { stores, clock } = context.parts;
  return context.session.write({
    call: batch.call,
    members: batch.members,
    lane: batch.lane,
    beforeSending: async () => {
      const now = clock.now();
      const quietUntil = new Date(now.getTime() + QUIET_AFTER_SENDING_MS);
      await stores.batches.markSent(context.fence, batch.id, now, quietUntil);
      // Sent again, it may still be done when its first call cannot be any more: nobody asks before this one must have ended.
      if (batch.firstSentAt !== null) batch.quietUntil = quietUntil;
      // Only now: what could not be marked is not sent, and is in nobody's doubt.
      batch.firstSentAt ??= now;
    },
  });
}

/** Commits what Xero answered. Members of which it said nothing stay with the batch, in doubt. */
export async function commit(
  context: DrainContext,
  definition: EntityDefinition,
  batch: WriteBatch,
  operations: readonly ClaimedOperation[],
  results: readonly MemberResult[],
): Promise<void> {
  const { stores, clock } = context.parts;
  const outcomes = outcomesOf({ definition, batch, operations, results, now: clock.now() });
  const { id: organizationId } = context.organization;
  await spread(context, definition, outcomes);
  await lookAgain(context, definition, outcomes);
  await stores.operations.settle(organizationId, context.fence, outcomes);
  const records = results.flatMap((result) => (result.state === 'accepted' ? [result.record] : []));
  await absorb(context, definition.entity, records);
  for (const outcome of outcomes)
    count(context.tally, outcome.kind === 'written' ? outcome.action : outcome.kind);
  context.progress();
  if (outcomes.length < operations.length) await doubt(context, batch);
  else await stores.batches.close(context.fence, batch.id);
}

function outcomesOf(request: {
  definition: EntityDefinition;
  batch: WriteBatch;
  operations: readonly ClaimedOperation[];
  results: readonly MemberResult[];
  now: Date;
}): Outcome[] {
  const { definition, batch, operations, results, now } = request;
  const byBinding = new Map(results.map((result) => [result.bindingId, result]));
  const memberOfBinding = new Map(batch.members.map((member) => [member.bindingId, member]));
  return operations.flatMap((operation): Outcome[] => {
    const result = byBinding.get(operation.binding.id);
    const member = memberOfBinding.get(operation.binding.id);
    if (!result || !member || result.state === 'unknown') return [];
    if (result.state === 'refused') return [refusedOutcome(operation, member.label, result, now)];
    const detail = { batchId: batch.id, ...(result.warnings.length > 0 ? { remarks: result.warnings } : {}) };
    const { codecVersion } = definition;
    const xero = result.record;
    return [writtenOutcome({ operation, action: batch.action, intent: member, xero, codecVersion, detail })];
  });
}

/**
 * What some outcomes mean to other records. Before they are settled: a worker that dies in between settles them later,
 * from the batch, and would not come by here again.
 */
async function spread(
  context: DrainContext,
  { entity, goesWith }: EntityDefinition,
  outcomes: readonly Outcome[],
): Promise<void> {
  const { stores, clock } = context.parts;
  const organizationId = context.organization.id;
  const written = outcomes.filter((outcome) => outcome.kind === 'written');
  if (written.some(({ problem }) => problem?.code === 'APPROVAL_RIGHT_MISSING')) {
    const error = new SyncError('locked', 'Xero saved an approved invoice as a draft', {
      code: 'APPROVAL_RIGHT_MISSING',
    });
    const trouble = troubleOf(error, clock.now());
    if (trouble) await stores.organizations.pause({ organizationId, ...trouble, entity });
  } else if (APPROVED_BY_UPDATE.has(entity) && written.some(({ action }) => action === 'update')) {
    await stores.hints.redriveParked(organizationId, ['PAYMENT_INVOICE_NOT_APPROVED']);
  }
  const changed = written.filter(({ action }) => action === 'update' || action === 'void');
  // A bill whose payment left Xero can be changed or voided, and one that was changed can be paid.
  if (goesWith) {
    const operations = changed.map(({ operation }) => operation);
    await lookAtSameRecord(context, operations, [goesWith]);
  }
}

/** An update may approve these, after which they can be paid. */
const APPROVED_BY_UPDATE: ReadonlySet<Entity> = new Set(['invoices', 'credit-notes', 'bills']);

/**
 * Brings our copy of Xero's keys up to date where a refusal says that somebody else has one. Before the refusal is
 * settled: the second try is the last, and must not be made with the old copy.
 */
async function lookAgain(
  context: DrainContext,
  { entity }: EntityDefinition,
  outcomes: readonly Outcome[],
): Promise<void> {
  if (!outcomes.some(({ kind }) => kind === 'again')) return;
  await bringUpToDate(context, entity, { full: false, lane: 'event' });
}

/** Xero's word that it did nothing. A `bug` is one too: it names a call that Xero does not understand. */
export const REFUSALS: ReadonlySet<ErrorKind> = new Set(['validation', 'locked', 'not-found', 'bug']);

async function failed(
  context: DrainContext,
  definition: EntityDefinition,
  batch: WriteBatch,
  members: readonly Ready[],
  error: unknown,
): Promise<void> {
  const { stores, log } = context.parts;
  const kind = error instanceof SyncError ? error.kind : 'unknown-outcome';
  log.warn({ batchId: batch.id, entity: batch.entity, kind, error }, 'a writing call did not end well');
  const sent = batch.firstSentAt !== null;
  if (sent && kind === 'unknown-outcome') return doubt(context, batch);
  await stores.batches.close(context.fence, batch.id);
  if (sent && REFUSALS.has(kind)) return refusedAsWhole(context, definition, members, error);
  await giveBack(context, members);
  throw error;
}

/** Xero refused the call without saying which element it means: halves find the culprit, and the rest goes through. */
async function refusedAsWhole(
  context: DrainContext,
  definition: EntityDefinition,
  members: readonly Ready[],
  error: unknown,
): Promise<void> {
  const [only] = members;
  if (!only || members.length > 1) {
    const middle = Math.ceil(members.length / 2);
    return postAll(context, definition, [members.slice(0, middle), members.slice(middle)]);
  }
  if (!(error instanceof SyncError)) throw error;
  const { stores, clock } = context.parts;
  const { operation, intent } = only;
  const result = { bindingId: operation.binding.id, state: 'refused' as const, error };
  const outcome = refusedOutcome(operation, intent.label, result, clock.now());
  await lookAgain(context, definition, [outcome]);
  await stores.operations.settle(context.organization.id, context.fence, [outcome]);
  count(context.tally, outcome.kind);
}

/**
 * Nobody knows what Xero did with the batch: it stays as it is, and is asked about after a quiet time, which doubles:
 * Xero repeats an error under the same key for minutes, and each question costs calls of the day.
 */
export async function doubt(context: DrainContext, batch: WriteBatch): Promise<void> {
  const now = context.parts.clock.now().getTime();
  const age = batch.firstSentAt === null ? 0 : now - batch.firstSentAt.getTime();
  const quiet = Math.min(Math.max(age, QUIET_AFTER_FAILURE_MS), QUIET_AFTER_SENDING_MS);
  const quietUntil = new Date(Math.max(now + quiet, batch.quietUntil?.getTime() ?? 0));
  await context.parts.stores.batches.markUnknown(context.fence, batch.id, quietUntil);
  count(context.tally, 'in-doubt');
  context.note(`a call of ${batch.members.length} ${batch.entity} is in doubt and will be looked up`);
}
