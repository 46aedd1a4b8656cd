import { SyncError } from '@sync/domain';
import type { EntityDefinition } from '../definition.js';
import type { ClaimedOperation, Outcome, WriteBatch } from '../ports/stores.js';
import type { MemberResult, XeroRecord } from '../ports/xero.js';
import type { DrainContext } from './context.js';
import { bringUpToDate, lookUpSince } from './identities.js';
import { call, commit, doubt, REFUSALS } from './post.js';
import { mayTake } from './take-over.js';
import { QUIET_AFTER_SENDING_MS, SAME_KEY_MS } from './timing.js';

/**
 * Resolves batches of which nobody knows what Xero did. Always by looking first: what is found by marker or natural
 * key is adopted. Only if nothing of the batch is there, and Xero still knows the key, the same bytes are sent once
 * more under the same key, which is one write even if the first is only now being done. What is missing of a batch that
 * is there in part is decided anew once its call must have ended. Looking first costs one call, and holds even where
 * the key is forgotten. Returns of how many batches Xero was asked, and answered.
 */
export async function resolveInDoubt(context: DrainContext): Promise<number> {
  const { stores, clock } = context.parts;
  let answered = 0;
  for (const batch of await stores.batches.open(context.fence.connectionId)) {
    if (batch.organizationId !== context.organization.id || batch.firstSentAt === null) continue;
    if (batch.action === 'void') keepTaken(context, batch);
    if (context.batchesUnderWay.has(batch.id) || context.shut.has(batch.entity)) continue;
    if (batch.quietUntil !== null && batch.quietUntil > clock.now()) continue;
    if (await resolveAlone(context, batch)) answered += 1;
  }
  return answered;
}

/** What may just be leaving Xero is no other record's to take over. */
function keepTaken(context: DrainContext, { members }: WriteBatch): void {
  for (const { xeroId, bindingId } of members) if (xeroId !== null) mayTake(context, xeroId, bindingId);
}

/**
 * A defect of ours, or of what Xero sent, keeps one batch in doubt; the organization's other work goes on. Where Xero
 * does not answer, it is asked again after a quiet time that grows, like after any call that failed.
 */
async function resolveAlone(context: DrainContext, batch: WriteBatch): Promise<boolean> {
  try {
    return await resolve(context, batch);
  } catch (error) {
    const silent = error instanceof SyncError && error.kind === 'transient' && !context.signal.aborted;
    if (silent) await doubt(context, batch);
    if (!(error instanceof SyncError) || error.kind !== 'bug') throw error;
    context.parts.log.error({ batchId: batch.id, entity: batch.entity, error }, 'a batch in doubt stays so');
    await doubt(context, batch);
    return false;
  }
}

/** Whether Xero was asked: an update, or a batch that nobody waits for any more, is decided anew without. */
async function resolve(context: DrainContext, batch: WriteBatch): Promise<boolean> {
  const operations = await context.parts.stores.batches.operations(batch);
  const lookFirst = batch.action !== 'update' && operations.length > 0;
  if (!lookFirst) await decideAnew(context, batch, operations);
  else if (batch.action === 'void') await lookAndDecideAnew(context, batch, operations);
  else await resolveByLooking(context, batch, operations);
  return lookFirst;
}

async function resolveByLooking(
  context: DrainContext,
  batch: WriteBatch,
  operations: readonly ClaimedOperation[],
): Promise<void> {
  const { definitions, log } = context.parts;
  const definition = definitions[batch.entity] as EntityDefinition;
  const there = await lookUp(context, batch);
  const found = there.filter(({ bindingId }) => operations.some(({ binding }) => binding.id === bindingId));
  log.info(
    { batchId: batch.id, entity: batch.entity, members: operations.length, found: found.length },
    'looked up',
  );
  if (there.length === 0 && keyIsKnown(context, batch))
    return sendAgain(context, definition, batch, operations);
  // Of a batch that is there in part, Xero may still be making the rest: that is left alone until it cannot be.
  if (mayStillBeDone(context, batch)) return commit(context, definition, batch, operations, found);
  const rest = operations.filter(({ binding }) => !found.some(({ bindingId }) => bindingId === binding.id));
  if (found.length > 0) await commit(context, definition, batch, adoptable(operations, found), found);
  return decideAnew(context, batch, rest);
}

/** A record that may have been taken out of Xero is read before anything is decided: it cannot be taken out twice. */
async function lookAndDecideAnew(
  context: DrainContext,
  batch: WriteBatch,
  operations: readonly ClaimedOperation[],
): Promise<void> {
  await bringUpToDate(context, batch.entity, { full: false, lane: 'event' });
  return decideAnew(context, batch, operations);
}

function mayStillBeDone({ parts }: DrainContext, { firstSentAt }: WriteBatch): boolean {
  return firstSentAt !== null && parts.clock.now().getTime() - firstSentAt.getTime() < QUIET_AFTER_SENDING_MS;
}

async function lookUp(context: DrainContext, batch: WriteBatch): Promise<MemberResult[]> {
  const found = new Map<string, XeroRecord>();
  const see = (record: XeroRecord) => {
    const member = batch.members.find((one) => isMember(record, one));
    if (member) found.set(member.bindingId, record);
  };
  await lookUpSince(context, batch.entity, { since: batch.firstSentAt, see });
  return [...found].map(([bindingId, record]) => ({ bindingId, state: 'accepted', record, warnings: [] }));
}

/** Records without room for a marker (items, tax rates) are known by their natural key, which Xero holds unique. */
function isMember({ keys, derived }: XeroRecord, member: WriteBatch['members'][number]): boolean {
  if (derived.status === 'deleted' || derived.status === 'voided') return false;
  if (keys.marker !== null) return keys.marker === member.marker;
  return member.naturalKey !== null && keys.number?.toLowerCase() === member.naturalKey.toLowerCase();
}

function adoptable(
  operations: readonly ClaimedOperation[],
  found: readonly MemberResult[],
): ClaimedOperation[] {
  return operations.filter(({ binding }) => found.some(({ bindingId }) => bindingId === binding.id));
}

function keyIsKnown({ parts }: DrainContext, { firstSentAt }: WriteBatch): boolean {
  return firstSentAt !== null && parts.clock.now().getTime() - firstSentAt.getTime() < SAME_KEY_MS;
}

async function sendAgain(
  context: DrainContext,
  definition: EntityDefinition,
  batch: WriteBatch,
  operations: readonly ClaimedOperation[],
): Promise<void> {
  context.tally.writingCalls += 1;
  let results: MemberResult[];
  try {
    results = await call(context, batch);
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    if (error.kind === 'unknown-outcome') return doubt(context, batch);
    if (REFUSALS.has(error.kind)) return decideAnew(context, batch, operations);
    throw error;
  }
  await commit(context, definition, batch, operations, results);
}

/** An update may be repeated safely, and what was not created may be created: both from a fresh look. */
async function decideAnew(context: DrainContext, batch: WriteBatch, operations: readonly ClaimedOperation[]) {
  const { stores, clock } = context.parts;
  const dueAt = clock.now();
  const outcomes = operations.map(
    (operation): Outcome => ({ operation, kind: 'again', dueAt, reason: 'in-doubt', free: true }),
  );
  await stores.operations.settle(batch.organizationId, context.fence, outcomes);
  await stores.batches.close(context.fence, batch.id);
}
