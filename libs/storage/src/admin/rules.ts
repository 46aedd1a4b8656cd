import type { Sql } from '../database/database.js';

/** An organization that stands in the way. */
export interface Holder {
  id: string;
  name: string;
}

/** A request would break a rule of who may be connected to what; nothing was stored. */
export class RuleBroken extends Error {
  override readonly name = 'RuleBroken';

  constructor(
    readonly rule: 'TENANT_TAKEN' | 'CRM_NOT_SHARED' | 'OTHER_KIND',
    readonly holder: Holder,
  ) {
    super(`${rule}: organization ${holder.id} stands in the way`);
  }
}

const ORDERED = 'order by o.created_at, o.id limit 1';

/**
 * Two organizations on one Xero organisation would post everything twice, through whichever of its connections. The lock
 * lasts until the transaction ends, so that of several at once only the first finds it free. A connection that is not there
 * is refused by its reference.
 */
export async function refuseTakenTenant(sql: Sql, xeroConnectionId: string): Promise<void> {
  const [connection] = await sql.rows<{ tenantId: string }>(
    'select tenant_id as "tenantId" from xero_connection where id = $1',
    [xeroConnectionId],
  );
  if (connection === undefined) return;
  const { tenantId } = connection;
  await sql.rows('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`tenant ${tenantId}`]);
  const [holder] = await sql.rows<Holder>(
    `select o.id, o.name from organization o join xero_connection x on x.id = o.xero_connection_id
     where x.tenant_id = $1 ${ORDERED}`,
    [tenantId],
  );
  if (holder !== undefined) throw new RuleBroken('TENANT_TAKEN', holder);
}

/**
 * Two organizations on one Perfex connection would hide each other's changes, since what it remembers of the CRM is kept for
 * each connection. Whoever changes its kind takes the same lock.
 */
export async function refuseSharedPerfex(sql: Sql, crmConnectionId: string): Promise<void> {
  const [crm] = await sql.rows<{ kind: string }>(
    'select kind from crm_connection where id = $1 for no key update',
    [crmConnectionId],
  );
  if (crm?.kind !== 'perfex') return;
  const [holder] = await sql.rows<Holder>(
    `select o.id, o.name from organization o where o.crm_connection_id = $1 ${ORDERED}`,
    [crmConnectionId],
  );
  if (holder !== undefined) throw new RuleBroken('CRM_NOT_SHARED', holder);
}
