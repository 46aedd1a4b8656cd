import type { z } from 'zod';
import { readAnswer } from './answer.js';
import type { CrmTransport } from './transport.js';

/** Asks one question and reads its answer; throws a SyncError where it cannot be read. */
export async function ask<T>(
  transport: CrmTransport,
  path: `/${string}`,
  schema: z.ZodType<T>,
  signal: AbortSignal,
): Promise<T> {
  return readAnswer(`GET ${path}`, await transport.get({ path, signal }), schema);
}
