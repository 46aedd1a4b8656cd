import type { Entity } from '@sync/domain';
import type { EngineParts } from './context.js';

const CODE = 'XERO_SCOPE_MISSING';

/** The entities of which Xero is asked nothing now, since the connection lacks a permission for them. */
export async function shutEntities(
  { stores, clock }: EngineParts,
  organizationId: string,
): Promise<Set<Entity>> {
  const now = clock.now();
  const pauses = await stores.organizations.pauses(organizationId);
  return new Set(
    pauses.flatMap(({ code, entity, probeAt }) =>
      code === CODE && entity !== null && (probeAt === null || probeAt > now) ? [entity] : [],
    ),
  );
}

/** A drain of this entity was let through and refused nothing. If a permission is missing still, the next call says so. */
export async function openAgain(
  { stores }: EngineParts,
  organizationId: string,
  entity: Entity,
): Promise<void> {
  await stores.organizations.resume(organizationId, [CODE], entity);
}
