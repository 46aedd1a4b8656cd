import type { Entity } from '@sync/domain';
import type { Organization } from '@sync/engine';
import type { Bell, RingPriority } from '@sync/queue';

/** Rings the drains of these entities. A ring that does not get through is made up for by the worker's timer. */
export async function ringEntities(
  bell: Bell,
  { id, name }: Pick<Organization, 'id' | 'name'>,
  entities: readonly Entity[],
  priority: RingPriority,
): Promise<void> {
  const rings = entities.map((entity) =>
    bell.ring({ queue: entity, organizationId: id, organizationName: name, label: entity, priority }),
  );
  await Promise.all(rings);
}
