import type { Lane } from '@sync/domain';
import type { EntityDefinition } from '../definition.js';
import type { WriteBatch, WriteBatchMember } from '../ports/stores.js';
import type { DrainContext } from './context.js';
import type { Ready } from './ready.js';

/** The batches of records that are ready for one action: usually one, several where a body would be too large. */
export function batchesOf(
  context: DrainContext,
  definition: EntityDefinition,
  ready: readonly Ready[],
): { batch: WriteBatch; members: Ready[] }[] {
  const [first] = ready;
  if (!first) return [];
  const elements = ready.map(({ element }) => element);
  const calls = context.parts.xero.compose({ entity: definition.entity, action: first.action, elements });
  return calls.map((call) => {
    const members = call.indexes.flatMap((index) => ready[index] ?? []);
    return { batch: batchOf(context, definition, members, call), members };
  });
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
