import type { AdminStore } from '@sync/engine';
import type { Clock } from '@sync/domain';
import type { Database } from '../database/database.js';
import { isUuid } from '../database/uuid.js';
import type { Sealer } from '../secrets/sealed-text.js';
import { changeCrm } from './change-crm.js';
import { connectXero } from './connect-xero.js';
import { openCrmConfig } from './crm-connections.js';
import { listIssues } from './issues.js';
import { createOrganization, findOrganization, listOrganizations, updateSettings } from './organizations.js';
import { findRecord, listHistory, listRecords, summary } from './records.js';
import { findRun, listRuns } from './runs.js';
import { wantedMappings } from './wanted-mappings.js';

/** What the API reads and changes. */
export function createAdminStore(database: Database, sealer: Sealer, clock: Clock): AdminStore {
  return {
    createOrganization: (request) => createOrganization(database, { ...request, sealer, now: clock.now() }),
    organizations: (request) => listOrganizations(database, request),
    organization: (id) => findOrganization(database, id),
    updateSettings: (id, change) => updateSettings(database, id, change),
    organizationsOfCrm: (crmConnectionId) =>
      database.rows(
        'select id, name from organization where crm_connection_id = $1 order by created_at, id',
        [crmConnectionId],
      ),
    changeCrm: async (organizationId, config) => {
      const changed =
        isUuid(organizationId) && (await changeCrm(database, { organizationId, config, sealer }));
      return changed ? findOrganization(database, organizationId) : null;
    },
    crmConfig: (crmConnectionId) => openCrmConfig(database, crmConnectionId, sealer),
    connectXero: (request) => connectXero(database, { ...request, sealer, now: clock.now() }),
    wantedMappings: (organizationId) => wantedMappings(database, organizationId),
    summary: (organizationId) => summary(database, organizationId),
    records: (request) => listRecords(database, request),
    record: (organizationId, recordId) => findRecord(database, organizationId, recordId),
    history: (request) => listHistory(database, request),
    issues: (request) => listIssues(database, request),
    runs: (request) => listRuns(database, request),
    run: (organizationId, runId) => findRun(database, organizationId, runId),
    binding: (id) => findBinding(database, id),
  };
}

async function findBinding(database: Database, id: string): ReturnType<AdminStore['binding']> {
  if (!isUuid(id)) return null;
  const [row] = await database.rows<NonNullable<Awaited<ReturnType<AdminStore['binding']>>>>(
    `select organization_id as "organizationId", entity, crm_id as "crmId", xero_id as "xeroId"
     from binding where id = $1`,
    [id],
  );
  return row ?? null;
}
