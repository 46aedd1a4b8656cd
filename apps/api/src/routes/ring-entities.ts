import type { Entity } from '@sync/domain';
import type { Doorbell, Organization } from '@sync/engine';

/**
 * Rings the drains of these entities with the event lane's priority, since a person or a CRM is waiting. A ring that
 * does not get through is made up for by the worker's timer.
 */
export async function ringEntities(
  bell: Doorbell,
  { id, name }: Pick<Organization, 'id' | 'name'>,
  entities: readonly Entity[],
): Promise<void> {
  const rings = entities.map((entity) =>
    bell.ring({ organizationId: id, organizationName: name, entity, lane: 'event' }),
  );
  await Promise.all(rings);
}
