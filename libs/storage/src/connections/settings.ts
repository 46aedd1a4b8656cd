import { ENTITIES, type Entity } from '@sync/domain';
import type { Direction, OrganizationSettings, SettingsChange } from '@sync/engine';
import { z } from 'zod';

/** The directions of the product that this one replaces. */
const DIRECTIONS: Readonly<Record<Entity, Direction>> = {
  taxes: 'two-way',
  customers: 'to-xero',
  vendors: 'to-xero',
  items: 'to-xero',
  invoices: 'two-way',
  'credit-notes': 'to-xero',
  'credit-applications': 'to-xero',
  payments: 'to-xero',
  refunds: 'to-xero',
  expenses: 'two-way',
  bills: 'to-xero',
  'bill-payments': 'to-xero',
  'purchase-orders': 'to-xero',
};

const expenseForm = z.enum(['spend-money', 'bill']);

const direction = z.enum(['off', 'to-xero', 'to-crm', 'two-way']);

/** An entity that is not named keeps its default: a release that adds one must not turn it off. */
const directions = z
  .partialRecord(z.enum(ENTITIES), direction)
  .default({})
  .transform((chosen) => ({ ...DIRECTIONS, ...chosen }));

/**
 * Settings as stored. Each has a default, so that a row written before a setting existed reads as if it had been left
 * alone.
 */
const settingsSchema = z.object({
  autoSync: z.boolean().default(true),
  sweepEverySeconds: z.number().int().min(10).default(60),
  fullSweepEverySeconds: z.number().int().min(60).default(900),
  directions,
  writeBack: z.boolean().default(false),
  conflicts: z.enum(['crm', 'xero', 'newest', 'ask']).default('ask'),
  goneFromCrm: z.enum(['ignore', 'void', 'ask']).default('ask'),
  goneFromXero: z.enum(['ignore', 'void', 'ask']).default('ask'),
  fallbackSupplier: z.string().trim().min(1).max(255).default('Sundry suppliers'),
  expensesAs: expenseForm.default('spend-money'),
  expensesAsByCategory: z.record(z.string(), expenseForm).default({}),
  expensesAsByMode: z.record(z.string(), expenseForm).default({}),
  createTaxRates: z.boolean().default(false),
  expenseCategoriesFromXero: z.boolean().default(true),
  paymentModesFromXero: z.boolean().default(true),
  createBankAccounts: z.boolean().default(false),
  invoiceStatus: z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED']).default('AUTHORISED'),
  allowedCents: z.number().int().min(0).default(5),
});

/** Reads stored settings, or completes given ones; throws a ZodError that names what is wrong. */
export function readSettings(stored: unknown): OrganizationSettings {
  return settingsSchema.parse(stored);
}

/** Stored settings with a change, in which only what is named changes. */
export function changedSettings(stored: unknown, change: SettingsChange): OrganizationSettings {
  const before = readSettings(stored);
  return readSettings({ ...before, ...change, directions: { ...before.directions, ...change.directions } });
}
