import { BadQuery } from './refusal.js';
import { type Token, tokensOf } from './where-tokens.js';

/** A value of a record as filters and orders see it: days and instants in ms. */
export type FieldValue = string | number | boolean | null;

/** A field that filters and orders may name. */
export interface Field<T> {
  readonly of: (row: T) => FieldValue;
  /** Compared without regard to case and accents, as Xero does for names, e-mails and account numbers of contacts. */
  readonly folded?: boolean;
}

/** The fields of a resource, by their name in a `where`, in lower case. */
export type Fields<T> = ReadonlyMap<string, Field<T>>;

/** Whether a record passes. */
export type Filter<T> = (row: T) => boolean;

/** Makes a map of fields out of `{ Name: row => value }`. */
export function fieldsOf<T>(
  fields: Readonly<Record<string, (row: T) => FieldValue>>,
  folded: readonly string[] = [],
): Fields<T> {
  return new Map(
    Object.entries(fields).map(
      ([name, of]) => [name.toLowerCase(), { of, folded: folded.includes(name) }] as const,
    ),
  );
}

/** The field of this name; refuses as Xero does when there is none. */
export function fieldNamed<T>(fields: Fields<T>, name: string): Field<T> {
  const field = fields.get(name.toLowerCase());
  if (!field) throw new BadQuery(`No property or field '${name}' exists`);
  return field;
}

/**
 * Reads the used part of Xero's filter language: comparisons of a field with a text in double quotes (a quote inside is
 * doubled), number, true, false, null, `Guid("…")` or `DateTime(y, m, d)`; Contains, StartsWith, EndsWith; AND, OR, brackets.
 */
export function parseWhere<T>(source: string, fields: Fields<T>): Filter<T> {
  const words = new Words(tokensOf(source));
  const filter = either(words, fields);
  words.end();
  return filter;
}

class Words {
  private at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  peek(): Token | undefined {
    return this.tokens[this.at];
  }

  take(): Token {
    const token = this.tokens[this.at++];
    if (!token) throw new BadQuery('Expression expected');
    return token;
  }

  /** Takes the next word if it is one of these (names without regard to case). */
  takeIf(...texts: readonly string[]): string | null {
    const token = this.peek();
    if (!token || token.kind === 'text' || !texts.includes(token.text.toUpperCase())) return null;
    this.at++;
    return token.text.toUpperCase();
  }

  expect(text: string): void {
    if (this.takeIf(text) === null) throw new BadQuery(`'${text}' expected`);
  }

  end(): void {
    if (this.peek()) throw new BadQuery(`Syntax error at '${this.peek()?.text ?? ''}'`);
  }
}

function either<T>(words: Words, fields: Fields<T>): Filter<T> {
  let filter = both(words, fields);
  while (words.takeIf('OR', '||')) {
    const [left, right] = [filter, both(words, fields)];
    filter = (row) => left(row) || right(row);
  }
  return filter;
}

function both<T>(words: Words, fields: Fields<T>): Filter<T> {
  let filter = single(words, fields);
  while (words.takeIf('AND', '&&')) {
    const [left, right] = [filter, single(words, fields)];
    filter = (row) => left(row) && right(row);
  }
  return filter;
}

function single<T>(words: Words, fields: Fields<T>): Filter<T> {
  if (words.takeIf('(')) {
    const inner = either(words, fields);
    words.expect(')');
    return inner;
  }
  const name = words.take();
  if (name.kind !== 'name') throw new BadQuery(`Expression expected at '${name.text}'`);
  const call = /^(.*)\.(Contains|StartsWith|EndsWith)$/i.exec(name.text);
  return call
    ? textTest(words, fieldNamed(fields, call[1] ?? ''), call[2] ?? '')
    : comparison(words, fieldNamed(fields, name.text));
}

const textTests: Readonly<Record<string, (value: string, part: string) => boolean>> = {
  CONTAINS: (value, part) => value.includes(part),
  STARTSWITH: (value, part) => value.startsWith(part),
  ENDSWITH: (value, part) => value.endsWith(part),
};

function textTest<T>(words: Words, field: Field<T>, name: string): Filter<T> {
  words.expect('(');
  const part = words.take();
  words.expect(')');
  const test = textTests[name.toUpperCase()];
  if (!test || part.kind !== 'text') throw new BadQuery('A text in double quotes expected');
  return (row) => test(fold(String(field.of(row) ?? '')), fold(part.text));
}

type Test = (left: string | number | boolean, right: string | number | boolean) => boolean;

const ordered: Readonly<Record<string, Test>> = {
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
  '>=': (left, right) => left >= right,
  '<=': (left, right) => left <= right,
};

function comparison<T>(words: Words, field: Field<T>): Filter<T> {
  const sign = words.takeIf('==', '=', '!=', '<>', '>', '<', '>=', '<=');
  if (sign === null) throw new BadQuery('Operator expected');
  const wanted = literal(words);
  const value = (row: T): FieldValue => comparable(field, field.of(row));
  const right = comparable(field, wanted);
  if (sign === '==' || sign === '=') return (row) => value(row) === right;
  if (sign === '!=' || sign === '<>') return (row) => value(row) !== right;
  const test = ordered[sign];
  return (row) => {
    const left = value(row);
    return left !== null && right !== null && test?.(left, right) === true;
  };
}

const comparable = <T>(field: Field<T>, value: FieldValue): FieldValue =>
  field.folded && typeof value === 'string' ? fold(value) : value;

/** A text without case and accents. */
export const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

function literal(words: Words): FieldValue {
  const token = words.take();
  if (token.kind === 'text') return token.text;
  if (token.kind === 'number') return Number(token.text);
  switch (token.text.toUpperCase()) {
    case 'TRUE':
      return true;
    case 'FALSE':
      return false;
    case 'NULL':
      return null;
    case 'GUID':
      return String(args(words)[0]).toLowerCase();
    case 'DATETIME':
      return instant(args(words));
    default:
      throw new BadQuery(`Value expected at '${token.text}'`);
  }
}

function args(words: Words): FieldValue[] {
  words.expect('(');
  const values = [literal(words)];
  while (words.takeIf(',')) values.push(literal(words));
  words.expect(')');
  return values;
}

function instant(parts: readonly FieldValue[]): number {
  const [year = 0, month = 1, day = 1, ...time] = parts.map(Number);
  const ms = Date.UTC(year, month - 1, day, ...time);
  if (parts.length < 3 || Number.isNaN(ms)) throw new BadQuery('DateTime takes year, month and day');
  return ms;
}
