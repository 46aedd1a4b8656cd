import type { OperationStore } from '@sync/engine';
import type { Clock } from '@sync/domain';
import type { Database } from '../database/database.js';
import { releaseAbandoned, releaseClaims } from './abandoned.js';
import { claimOperations } from './claim.js';
import { dueWork } from './due-work.js';
import { parentStates } from './parent-states.js';
import { boundIds, parentsInXero } from './parents-in-xero.js';
import { settleOutcomes } from '../settle/settle.js';
import { unpaired } from './unpaired.js';
import { redriveWaiters } from './waiters.js';

/** The ledger of operations. */
export function createOperationStore(database: Database, clock: Clock): OperationStore {
  return {
    claim: (request) => claimOperations(database, request, clock.now()),
    release: async (organizationId, operations) => {
      await releaseClaims(database, organizationId, operations);
    },
    releaseAbandoned: (connectionId, fence) => releaseAbandoned(database, connectionId, fence),
    settle: async (organizationId, fence, outcomes) => {
      if (outcomes.length === 0) return;
      await settleOutcomes(database, { organizationId, fence, outcomes, now: clock.now() });
    },
    due: () => dueWork(database, clock.now(), null),
    dueOfConnection: (connectionId) => dueWork(database, clock.now(), connectionId),
    redriveWaiters: () => database.transaction((sql) => redriveWaiters(sql, clock.now())),
    parents: (organizationId, wanted) => parentStates(database, { organizationId, wanted, now: clock.now() }),
    parentsInXero: (organizationId, wanted) =>
      parentsInXero(database, { organizationId, wanted, now: clock.now() }),
    bound: (organizationId, entity) => boundIds(database, organizationId, entity),
    unpaired: (organizationId, entity, labels) => unpaired(database, { organizationId, entity, labels }),
  };
}
