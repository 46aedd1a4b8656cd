import { type Lane, SyncError } from '@sync/domain';
import type { EntityDefinition } from '../definition.js';
import type { ClaimedOperation, Outcome, WriteBatch, WriteBatchMember } from '../ports/stores.js';
import type { MemberResult } from '../ports/xero.js';
import { count, type DrainContext } from './context.js';
import { readIdentities } from './identities.js';
import { refusedOutcome, writtenOutcome } from './outcomes.js';
import { QUIET_AFTER_FAILURE_MS, QUIET_AFTER_SENDING_MS } from './timing.js';
import type { Ready } from './translate.js';
import { troubleOf } from './trouble.js';

/** Posts records that are ready: usually one call, several where one would be too large. */
export async function post(
  context: DrainContext,
  definition: EntityDefinition,
  ready: readonly Ready[],
): Promise<void> {
  const [first] = ready;
  if (!first) return;
  const { xero } = context.parts;
  const elements = ready.map(({ element }) => element);
  for (const call of xero.compose({ entity: definition.entity, action: first.action, elements })) {
    const members = call.indexes.flatMap((index) => ready[index] ?? []);
    const batch = batchOf(context, definition, members, call);
    await context.parts.stores.batches.store(context.fence, batch);
    context.tally.writingCalls += 1;
    context.batchesUnderWay.add(batch.id);
    await send(context, definition, batch, members).finally(() => context.batchesUnderWay.delete(batch.id));
  }
}

function batchOf(
  { parts, organization }: DrainContext,
  definition: EntityDefinition,
  members: readonly Ready[],
  call: Pick<WriteBatch['call'], 'method' | 'path' | 'body'>,
): WriteBatch {
  const id = parts.newId();
  const action = members[0]?.action ?? 'create';
  const { xeroConnection } = organization;
  const lane: Lane = members.some(({ operation }) => operation.lane === 'event') ? 'event' : 'backfill';
  const idempotencyKey = action === 'create' ? parts.xero.idempotencyKey(xeroConnection, id) : null;
  return {
    id,
    organizationId: organization.id,
    connectionId: xeroConnection.id,
    entity: definition.entity,
    action,
    lane,
    call: {
      entity: definition.entity,
      method: call.method,
      path: call.path,
      body: call.body,
      idempotencyKey,
    },
    members: members.map(memberOf),
    firstSentAt: null,
    quietUntil: null,
    createdAt: parts.clock.now(),
  };
}

function memberOf({ operation, marker, naturalKey, xeroId, intent }: Ready): WriteBatchMember {
  const { binding, version, claimId } = operation;
  return { bindingId: binding.id, marker, naturalKey, xeroId, version, claimId, ...intent };
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
      batch.firstSentAt ??= now;
      await stores.batches.markSent(
        context.fence,
        batch.id,
        now,
        new Date(now.getTime() + QUIET_AFTER_SENDING_MS),
      );
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
  await stores.operations.settle(organizationId, context.fence, outcomes);
  const records = results.flatMap((result) => (result.state === 'accepted' ? [result.record] : []));
  await stores.identities.absorb({ organizationId, entity: definition.entity, records, freshAsOf: null });
  for (const outcome of outcomes)
    count(context.tally, outcome.kind === 'written' ? outcome.action : outcome.kind);
  context.progress();
  if (outcomes.length < operations.length) await doubt(context, batch);
  else await stores.batches.close(context.fence, batch.id);
  await followUp(context, definition, outcomes);
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

/** What some outcomes ask for beyond their records. */
async function followUp(context: DrainContext, definition: EntityDefinition, outcomes: readonly Outcome[]) {
  const { stores, clock } = context.parts;
  const { entity } = definition;
  const organizationId = context.organization.id;
  if (outcomes.some(({ kind }) => kind === 'again')) {
    const since = await stores.identities.freshness(organizationId, entity);
    await readIdentities(context, entity, { since, complete: true });
  }
  const written = outcomes.filter((outcome) => outcome.kind === 'written');
  if (written.some(({ problem }) => problem?.code === 'APPROVAL_RIGHT_MISSING')) {
    const error = new SyncError('locked', 'Xero saved an approved invoice as a draft', {
      code: 'APPROVAL_RIGHT_MISSING',
    });
    const trouble = troubleOf(error, clock.now());
    if (trouble) await stores.organizations.pause({ organizationId, entity, ...trouble });
  } else if (entity === 'invoices' && written.some(({ action }) => action === 'update')) {
    await stores.hints.redriveParked(organizationId, ['PAYMENT_INVOICE_NOT_APPROVED']);
  }
}

async function failed(
  context: DrainContext,
  definition: EntityDefinition,
  batch: WriteBatch,
  members: readonly Ready[],
  error: unknown,
): Promise<void> {
  const { stores, log } = context.parts;
  const kind = error instanceof SyncError ? error.kind : 'bug';
  log.warn({ batchId: batch.id, entity: batch.entity, kind, error }, 'a writing call did not end well');
  if (batch.firstSentAt !== null && (kind === 'unknown-outcome' || kind === 'bug'))
    return doubt(context, batch);
  await stores.batches.close(context.fence, batch.id);
  if (kind === 'validation' || kind === 'locked' || kind === 'not-found') {
    return refusedAsWhole(context, definition, members, error);
  }
  await stores.operations.release(
    batch.organizationId,
    members.map(({ operation }) => operation),
  );
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
  if (only && members.length === 1 && error instanceof SyncError) {
    const { operation, intent } = only;
    const outcome = refusedOutcome(
      operation,
      intent.label,
      { bindingId: '', state: 'refused', error },
      new Date(0),
    );
    await context.parts.stores.operations.settle(context.organization.id, context.fence, [outcome]);
    return count(context.tally, outcome.kind);
  }
  const middle = Math.ceil(members.length / 2);
  await post(context, definition, members.slice(0, middle));
  await post(context, definition, members.slice(middle));
}

/** Nobody knows what Xero did with the batch: it stays as it is, and is asked about after a quiet time. */
export async function doubt(context: DrainContext, batch: WriteBatch): Promise<void> {
  const quietUntil = new Date(context.parts.clock.now().getTime() + QUIET_AFTER_FAILURE_MS);
  await context.parts.stores.batches.markUnknown(context.fence, batch.id, quietUntil);
  count(context.tally, 'in-doubt');
  context.note(`a call of ${batch.members.length} ${batch.entity} is in doubt and will be looked up`);
}
