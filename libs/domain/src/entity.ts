import { z } from 'zod';

/**
 * The kinds of record that are kept in step, in the order in which they drain: parents before children.
 * The same words name queues, API fields and ledger rows.
 */
export const ENTITIES = [
  'taxes',
  'customers',
  'vendors',
  'items',
  'invoices',
  'credit-notes',
  'credit-applications',
  'payments',
  'refunds',
  'expenses',
  'bills',
  'bill-payments',
  'purchase-orders',
] as const;

/** One kind of record. */
export type Entity = (typeof ENTITIES)[number];

/** What a record of another entity of the CRM is booked as; the CRM knows it by that one only. */
const BOOKED_FROM = { bills: 'expenses', 'bill-payments': 'expenses' } as const satisfies {
  readonly [name: string]: Entity;
};

/** A kind of record that the CRM itself has. */
export type CrmEntity = Exclude<Entity, keyof typeof BOOKED_FROM>;

/** The entity under which the CRM has the records of this one; of most it is the same. */
export function crmEntityOf(entity: Entity): CrmEntity {
  const from: { readonly [E in Entity]?: CrmEntity } = BOOKED_FROM;
  return from[entity] ?? (entity as CrmEntity);
}

/** The kinds of record that the CRM itself has, parents before children. */
export const CRM_ENTITIES: readonly CrmEntity[] = ENTITIES.filter(
  (entity): entity is CrmEntity => crmEntityOf(entity) === entity,
);

/** Accepts an entity by its name. */
export const entitySchema = z.enum(ENTITIES);

/** Accepts an entity that the CRM itself has by its name. */
export const crmEntitySchema = z.enum(CRM_ENTITIES);

/** The two systems that are kept in step. */
export const SIDES = ['crm', 'xero'] as const;

/** One of the two systems. */
export type Side = (typeof SIDES)[number];

/** `event`: a person is waiting; `backfill`: everything else. Events go first. */
export const LANES = ['event', 'backfill'] as const;

/** The lane of an operation. */
export type Lane = (typeof LANES)[number];

/** What an admin sees of a record. */
export const RECORD_STATUSES = ['pending', 'waiting', 'synced', 'parked', 'failed', 'excluded'] as const;

/** The status of a record. */
export type RecordStatus = (typeof RECORD_STATUSES)[number];
