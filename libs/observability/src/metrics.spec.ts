import { createMetrics } from './index.js';

describe('metrics', () => {
  it('are counted on a registry of their own', async () => {
    const metrics = createMetrics({ ofProcess: false });
    metrics.operations.inc({ entity: 'invoices', outcome: 'create' }, 3);
    createMetrics({ ofProcess: false }).operations.inc({ entity: 'invoices', outcome: 'create' });
    await expect(metrics.registry.metrics()).resolves.toContain(
      'sync_operations_total{entity="invoices",outcome="create"} 3',
    );
  });
});
