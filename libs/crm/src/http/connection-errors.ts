import { SyncError } from '@sync/domain';
import { z } from 'zod';
import { unreachable } from './crm-errors.js';

/** What was tried when the connection failed. */
export interface Attempt {
  url: URL;
  timeoutMs: number;
  /** The caller's: an attempt that the caller gave up is no fault of the CRM. */
  signal: AbortSignal;
}

/** What a failed connection means, by its code; a SyncError comes back as it is. */
export function connectionError(error: unknown, attempt: Attempt): SyncError {
  if (error instanceof SyncError) return error;
  if (attempt.signal.aborted)
    return new SyncError('transient', 'Reading from the CRM was stopped.', { cause: error });
  return unreachable(reasonOf(codeOf(error), attempt), { cause: error });
}

function reasonOf(code: string, { url, timeoutMs }: Attempt): string {
  if (TIMEOUTS.has(code)) return `it did not answer within ${timeoutMs / 1000} seconds`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `the name ${url.hostname} is not known`;
  if (code === 'ECONNREFUSED') return `nothing answers at ${url.host}`;
  if (/CERT|SELF_SIGNED|SIGNATURE|ISSUER/.test(code)) return `its certificate is not valid (${code})`;
  return `the connection failed (${code})`;
}

const errorShape = z.object({ code: z.string().optional().catch(undefined), name: z.string().optional() });

const TIMEOUTS: ReadonlySet<string> = new Set([
  'TimeoutError',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/** The code of an error, else its name: an aborted request has a DOMException, whose code is a number. */
export function codeOf(error: unknown): string {
  const known = errorShape.safeParse(error);
  return (known.success && (known.data.code ?? known.data.name)) || 'unknown';
}
