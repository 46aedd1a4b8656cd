import { serverErrorOf } from '../mysql-errors.js';
import { Refusal, refused } from './refusal.js';

/** Of strict servers: a value is too long, too big, or in characters that an old table does not know. */
const UNFIT = new Set([
  'ER_DATA_TOO_LONG',
  'ER_WARN_DATA_OUT_OF_RANGE',
  'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
  'WARN_DATA_TRUNCATED',
]);

/** The refusal that an error means; null: it is something else. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  const { code, text } = serverErrorOf(error);
  if (!UNFIT.has(code)) return null;
  // Of all that the server quotes, the name of the column alone is nobody's data.
  const column = /for column [`'"]?(?:[^`'".]*[`'"]?\.[`'"]?)*(\w+)[`'"]? at row/.exec(text)?.[1];
  return refused(`a value does not fit into Perfex's column ${column ?? 'for it'}`);
}
