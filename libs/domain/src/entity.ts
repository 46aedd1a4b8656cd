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
  'purchase-orders',
] as const;

/** One kind of record. */
export type Entity = (typeof ENTITIES)[number];

/** Accepts an entity by its name. */
export const entitySchema = z.enum(ENTITIES);

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
