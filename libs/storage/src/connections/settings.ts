import type { OrganizationSettings } from '@sync/engine';
import { ENTITIES, entitySchema } from '@sync/domain';
import { z } from 'zod';

/**
 * Settings as stored. Each has a default, so that a row written before a setting existed reads as if it had been left
 * alone.
 */
const settingsSchema = z.object({
  autoSync: z.boolean().default(true),
  sweepEverySeconds: z.number().int().min(10).default(60),
  fullSweepEverySeconds: z.number().int().min(60).default(900),
  entities: z.array(entitySchema).default([...ENTITIES]),
  createTaxRates: z.boolean().default(false),
  invoiceStatus: z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED']).default('AUTHORISED'),
  allowedCents: z.number().int().min(0).default(5),
});

/** Reads stored settings, or completes given ones; throws a ZodError that names what is wrong. */
export function readSettings(stored: unknown): OrganizationSettings {
  return settingsSchema.parse(stored);
}
