import type { CrmConnectionConfig } from '@sync/engine';
import type { Database, Sql } from '../database/database.js';
import type { Sealer } from '../secrets/sealed-text.js';
import { replaceCrmConnection } from './crm-connections.js';
import { type Holder, RuleBroken } from './rules.js';

type Kind = CrmConnectionConfig['kind'];

/**
 * Replaces how the CRM of an organization is reached. False: there is no such organization. Throws `RuleBroken` for a CRM of
 * another kind where records are linked to the one there is.
 */
export function changeCrm(
  database: Database,
  { organizationId, config, sealer }: { organizationId: string; config: CrmConnectionConfig; sealer: Sealer },
): Promise<boolean> {
  return database.transaction(async (sql) => {
    const [crm] = await sql.rows<{ id: string; kind: Kind }>(
      `select c.id, c.kind from organization o join crm_connection c on c.id = o.crm_connection_id
       where o.id = $1 for no key update of c`,
      [organizationId],
    );
    if (crm === undefined) return false;
    if (crm.kind !== config.kind) await beginAnew(sql, crm.id, config.kind);
    await replaceCrmConnection(sql, crm.id, { config, sealer });
    return true;
  });
}

/**
 * A CRM of another kind knows other ids: of what was read from the one before nothing may stay, and its payment modes are
 * not the same ones. The checkpoints go first, since a sweep holds one while it links records.
 */
async function beginAnew(sql: Sql, crmId: string, kind: Kind): Promise<void> {
  const ofCrm = 'organization_id in (select id from organization where crm_connection_id = $1)';
  await sql.run(`delete from checkpoint where ${ofCrm}`, [crmId]);
  await refuseOtherKind(sql, crmId, kind);
  await sql.run('delete from crm_fingerprint_bucket where crm_connection_id = $1', [crmId]);
  await sql.run('delete from crm_fingerprint_record where crm_connection_id = $1', [crmId]);
  await sql.run(`delete from reference_copy where kind = 'crm' and ${ofCrm}`, [crmId]);
  await sql.run(`delete from mapping where ${ofCrm}`, [crmId]);
  await sql.run('update organization set mappings_confirmed_at = null where crm_connection_id = $1', [crmId]);
}

/** Locked against records that are linked meanwhile. */
async function refuseOtherKind(sql: Sql, crmId: string, kind: Kind): Promise<void> {
  const sharing = await sql.rows<Holder>(
    'select id, name from organization where crm_connection_id = $1 order by created_at, id for update',
    [crmId],
  );
  const [linked] = await sql.rows<Holder>(
    `select o.id, o.name from organization o
     where o.crm_connection_id = $1 and exists (select from binding b where b.organization_id = o.id)
     order by o.created_at, o.id limit 1`,
    [crmId],
  );
  if (linked !== undefined) throw new RuleBroken('OTHER_KIND', linked);
  const [, second] = sharing;
  if (kind === 'perfex' && second !== undefined) throw new RuleBroken('CRM_NOT_SHARED', second);
}
