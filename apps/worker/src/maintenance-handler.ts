import { type EngineParts, readReferenceData } from '@sync/engine';
import type { JobHandler } from '@sync/queue';

/** Reads the chart of accounts, tax rates and payment modes of an organization, and suggests mappings. */
export function maintenanceHandler(parts: EngineParts): JobHandler<'maintenance'> {
  return async ({ organizationId, correlationId, signal }) => {
    if (organizationId === undefined) return { result: 'nothing' };
    const done = await readReferenceData(parts, { organizationId, holder: correlationId, signal });
    return { result: done ? 'read' : 'joined' };
  };
}
