import type { z } from 'zod';
import { keyRefused, unreachable, unreadable } from './crm-errors.js';
import type { CrmAnswer } from './transport.js';
import { firstProblem } from './wire/problem-text.js';

/** The CRM has forgotten the cursor: the listing begins anew. */
export const CURSOR_EXPIRED = 410;
/** To a question about an entity: this CRM has none of the kind. */
export const NOT_THERE = 404;

/** What was asked: the method and the path below the base address. */
export type Asked = `${'GET' | 'POST' | 'DELETE'} /${string}`;

/** The content of an answer in the form of `schema`; throws a SyncError that says what is wrong, and where. */
export function readAnswer<T>(asked: Asked, answer: CrmAnswer, schema: z.ZodType<T>): T {
  refuseByStatus(asked, answer);
  const parsed = schema.safeParse(parseJson(asked, answer));
  if (parsed.success) return parsed.data;
  throw unreadable(
    `${place(asked)} answered JSON of another form: ${firstProblem(parsed.error)}`,
    parsed.error,
  );
}

function refuseByStatus(asked: Asked, { status, retryAfter, contentType }: CrmAnswer): void {
  if (status === 200) return;
  const at = place(asked);
  if (status === 401 || status === 403) throw keyRefused(`${at} answered ${status}`);
  if (status === 408 || status === 429 || status >= 500)
    throw unreachable(`${at} answered ${status}`, retry(retryAfter));
  if (status >= 300 && status < 400)
    throw unreadable(`${at} answered with a redirect (${status}), which is not followed`);
  throw unreadable(`${at} answered ${status} (${contentType || 'no content type'})`);
}

/** Only seconds: a date would be of a clock that may not agree with ours. */
function retry(retryAfter: string | null): { retryAt?: Date } {
  if (retryAfter === null || !/^\d{1,5}$/.test(retryAfter)) return {};
  return { retryAt: new Date(Date.now() + Number(retryAfter) * 1000) };
}

function parseJson(asked: Asked, { body, contentType }: CrmAnswer): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    const what = contentType === '' ? 'without a content type' : contentType;
    const how = contentType.includes('json') ? 'that is malformed or breaks off' : 'where JSON is expected';
    throw unreadable(`${place(asked)} answered ${what} ${how} (${body.length} characters)`, error);
  }
}

/** What was asked without the query, which is long and may hold ids. */
export function place(asked: Asked): string {
  return asked.split('?')[0] ?? asked;
}
