import { type EngineParts, sweepOrganization } from '@sync/engine';
import type { JobHandler } from '@sync/queue';

/** Looks for changes in the CRM: the sweeps that runs ask for, and those that the schedule has due. */
export function sweepHandler(parts: EngineParts): JobHandler<'sweeps'> {
  return async ({ organizationId, correlationId, signal, log }) => {
    const hints = await sweepOrganization(parts, {
      organizationId,
      holder: correlationId,
      signal,
      note: (line) => void log(line),
    });
    return { hints };
  };
}
