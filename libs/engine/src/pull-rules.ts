import type { Entity } from '@sync/domain';
import { isDead } from './agreement.js';
import { flowsToCrm } from './directions.js';
import type { OrganizationSettings } from './ports/organizations.js';
import type { XeroRecord } from './ports/xero.js';

/**
 * What flows into the CRM together with something else: payments and applied credits with the documents that they settle,
 * contacts with the documents that name them.
 */
const PULLED_WITH: Readonly<Partial<Record<Entity, readonly Entity[]>>> = {
  customers: ['invoices', 'credit-notes'],
  vendors: ['expenses', 'purchase-orders'],
  items: [],
  payments: ['invoices'],
  'credit-applications': ['credit-notes', 'invoices'],
  refunds: ['credit-notes'],
};

/** What these settle: an unknown one is pulled only where that is in the CRM, or is pulled itself. */
export const SETTLES: Readonly<Partial<Record<Entity, readonly Entity[]>>> = {
  payments: ['invoices'],
  'credit-applications': ['credit-notes', 'invoices'],
  refunds: ['credit-notes'],
};

type Directed = Pick<OrganizationSettings, 'directions' | 'writeBack'>;

/** Whether records of this entity may be made in the CRM at all, be it for the sake of others only. */
export function mayBeMadeInCrm(settings: Directed, entity: Entity): boolean {
  if (settings.directions[entity] === 'off') return false;
  return flowsToCrm(settings, entity) || isPulledAlong(settings, entity);
}

/** Whether records that nobody knows yet are looked for in Xero. */
export function isPulled(settings: Directed, entity: Entity): boolean {
  if (settings.directions[entity] === 'off') return false;
  return flowsToCrm(settings, entity) || (entity in SETTLES && isPulledAlong(settings, entity));
}

function isPulledAlong(settings: Directed, entity: Entity): boolean {
  return (PULLED_WITH[entity] ?? []).some((other) => flowsToCrm(settings, other));
}

/**
 * Whether a record of Xero that nobody knows may be made in the CRM: it counts, it bears no marker (what does came from a
 * CRM), and it is not older than the day from which on records are pulled. A contact is a vendor if it was bought from, and
 * a customer unless that is all it is: a new one has no documents yet.
 */
export function isNewToCrm(
  entity: Entity,
  { derived, keys, updatedAt }: Pick<XeroRecord, 'derived' | 'keys' | 'updatedAt'>,
  pullFrom: Date,
): boolean {
  if (isDead(derived) || keys.marker !== null) return false;
  if (entity === 'vendors' && !derived.supplier) return false;
  if (entity === 'customers' && derived.supplier && !derived.customer) return false;
  if (keys.date !== null) return keys.date >= pullFrom.toISOString().slice(0, 10);
  return updatedAt === null || updatedAt >= pullFrom;
}
