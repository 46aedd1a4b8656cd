import type { CrmUnwritten } from '@sync/engine';
import { z } from 'zod';
import { type Asked, place, readAnswer } from './answer.js';
import type { CrmAnswer } from './transport.js';

/** The CRM does not know the path or method, or the key may not write. */
export const NOT_TAKEN: ReadonlySet<number> = new Set([403, 404, 405, 501]);
/** It found fault with what was sent. */
const FAULTED: ReadonlySet<number> = new Set([400, 409, 413, 415, 422]);
const MAX_REASON_LENGTH = 300;

/** What came of something that was sent. */
export type Sent<T> =
  | { state: 'answered'; value: T }
  /** Nothing of it was taken, and sending it again changes nothing. */
  | { state: 'not-taken'; reason: string }
  /** Something in it is at fault. */
  | { state: 'faulted'; reason: string };

/** Reads the answer to something that was sent; throws a SyncError where trying again may help, or nothing can be read. */
export function readSent<T>(asked: Asked, answer: CrmAnswer, schema: z.ZodType<T>): Sent<T> {
  const reason = `${place(asked)} answered ${answer.status}${problemOf(answer.body)}`;
  if (answer.status === 403) return { state: 'not-taken', reason: `its key may not write: ${reason}` };
  if (NOT_TAKEN.has(answer.status))
    return { state: 'not-taken', reason: `it takes none of these: ${reason}` };
  if (FAULTED.has(answer.status)) return { state: 'faulted', reason };
  return { state: 'answered', value: readAnswer(asked, answer, schema) };
}

/** The result of something that was not written. */
export function refused(key: string, reason: string): Extract<CrmUnwritten, { state: 'refused' }> {
  const meta = { reason: clauseOf(reason).slice(0, MAX_REASON_LENGTH) };
  return { key, state: 'refused', code: 'REFUSED_BY_CRM', meta };
}

/** Why the CRM refused, as it says itself. */
export function reasonOf({
  code,
  detail,
}: {
  code?: string | null | undefined;
  detail?: string | null | undefined;
}): string {
  return detail || code || 'it does not say why';
}

const problem = z.object({ detail: z.string().nullish(), title: z.string().nullish() });

/** What a problem document says, as a clause to follow a status; nothing where there is none. */
function problemOf(body: string): string {
  try {
    const parsed = problem.safeParse(JSON.parse(body));
    const text = parsed.success ? (parsed.data.detail ?? parsed.data.title ?? '') : '';
    return text === '' ? '' : ` (${clauseOf(text)})`;
  } catch (error) {
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}

/** The sentence that shows it ends in a full stop of its own. */
function clauseOf(sentence: string): string {
  return sentence.replace(/[.\s]+$/, '');
}
