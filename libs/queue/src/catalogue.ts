import type { JobsOptions } from 'bullmq';
import { z } from 'zod';

/**
 * Queue data is shown raw in Bull Board and stays in Redis or Postgres for a day, so a payload holds ids and
 * slugs only; these patterns keep names, e-mail addresses and texts out.
 */
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** Which work there is, is in the ledger; the doorbell says only whose. */
const organizationPayload = z.strictObject({ v: z.literal(1), organizationId: id });

const maintenancePayload = z.strictObject({ v: z.literal(1), organizationId: id.optional(), task: slug });

/**
 * A job that fails means that a drain could not run (database away, credentials, bug), never that a record is
 * given up; so it is tried a few times, and after that the next ring makes a new job.
 */
const jobOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 2_000, jitter: 0.5 },
  removeOnComplete: { age: 24 * 60 * 60, count: 1_000 },
  removeOnFail: { count: 1_000 },
  keepLogs: 200,
} as const satisfies JobsOptions;

/** What a queue carries. */
interface QueueDefinition {
  /** Checked before it is rung and again before a handler sees it; `v` is its version. */
  readonly payload: z.ZodType<{ v: number }>;
  /** The version that this release writes and understands; any other is left for a release that knows it. */
  readonly version: number;
  readonly options: JobsOptions;
}

const drain = { payload: organizationPayload, version: 1, options: jobOptions } as const;

/** Every queue by its name as Bull Board shows it, parents before children. A new entity is one line here. */
export const queueCatalogue = {
  taxes: drain,
  customers: drain,
  vendors: drain,
  items: drain,
  invoices: drain,
  'credit-notes': drain,
  'credit-applications': drain,
  payments: drain,
  refunds: drain,
  expenses: drain,
  bills: drain,
  'bill-payments': drain,
  'purchase-orders': drain,
  sweeps: { payload: organizationPayload, version: 1, options: jobOptions },
  maintenance: { payload: maintenancePayload, version: 1, options: jobOptions },
} as const satisfies Record<string, QueueDefinition>;

/** The name of a queue. */
export type QueueName = keyof typeof queueCatalogue;

/** What a job of that queue carries: ids only, no personal data. */
export type QueuePayload<Q extends QueueName = QueueName> = z.output<(typeof queueCatalogue)[Q]['payload']>;

/** A payload without its version, which the bell adds. */
export type RingContent<Q extends QueueName = QueueName> = Q extends QueueName
  ? Omit<QueuePayload<Q>, 'v'>
  : never;

/** All queues, parents before children. */
export const queueNames = Object.keys(queueCatalogue) as readonly QueueName[];

/**
 * What makes two rings of a queue the same job: the organization, and for maintenance also the task, since each is
 * work of its own.
 */
export function deduplicationId(payload: Omit<QueuePayload, 'v'>): string {
  const { organizationId, task } = payload as Partial<Record<string, string>>;
  return [organizationId, task].map((part) => part ?? '').join('/');
}
