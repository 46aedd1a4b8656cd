/**
 * JSON as Postgres takes it: jsonb refuses the character NUL and halves of surrogate pairs, and one such text of a
 * record would lose the transaction of the whole batch.
 */
export function jsonParameter(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    typeof field === 'string' ? storableText(field) : field,
  );
}

/** A text with what Postgres cannot store replaced by the replacement character. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}
