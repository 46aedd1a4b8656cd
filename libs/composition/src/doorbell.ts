import type { Doorbell } from '@sync/engine';
import type { Bell } from '@sync/queue';

/** The engine's doorbell on the queues. */
export function createDoorbell(bell: Bell): Doorbell {
  return {
    async ring({ organizationId, organizationName, entity, lane }) {
      await bell.ring({ queue: entity, organizationId, organizationName, label: entity, priority: lane });
    },
    async ringSweeps({ id, name }) {
      const ring = { queue: 'sweeps', organizationId: id, organizationName: name } as const;
      await bell.ring({ ...ring, label: 'look for changes', priority: 'manual' });
    },
    async ringReference({ id, name }) {
      const ring = { queue: 'maintenance', organizationId: id, organizationName: name } as const;
      await bell.ring({
        ...ring,
        task: 'reference-data',
        label: 'read accounts and tax rates',
        priority: 'manual',
      });
    },
  };
}
