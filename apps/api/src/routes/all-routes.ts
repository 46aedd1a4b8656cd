import type { ApiDependencies } from '../dependencies.js';
import type { Route } from '../routing/route.js';
import { apiKeyRoutes } from './api-keys.js';
import { conflictRoutes } from './conflicts.js';
import { eventRoutes } from './events.js';
import { heldChangeRoutes } from './held-changes.js';
import { issueRoutes } from './issues.js';
import { mappingRoutes } from './mappings.js';
import { organizationRoutes } from './organizations.js';
import { readingRoutes } from './readings.js';
import { recordRoutes } from './records.js';
import { referenceRoutes } from './reference.js';
import { retryRoutes } from './retry.js';
import { runRoutes } from './runs.js';
import { xeroAppRoutes } from './xero-apps.js';
import { xeroConnectionRoutes } from './xero-connections.js';

/** Every machine route, in the order of the documentation. */
export function allRoutes(dependencies: ApiDependencies): readonly Route[] {
  return [
    ...eventRoutes(dependencies),
    ...organizationRoutes(dependencies),
    ...runRoutes(dependencies),
    ...recordRoutes(dependencies),
    ...retryRoutes(dependencies),
    ...issueRoutes(dependencies),
    ...conflictRoutes(dependencies),
    ...heldChangeRoutes(dependencies),
    ...readingRoutes(dependencies),
    ...mappingRoutes(dependencies),
    ...referenceRoutes(dependencies),
    ...xeroConnectionRoutes(dependencies),
    ...xeroAppRoutes(dependencies),
    ...apiKeyRoutes(dependencies),
  ];
}
