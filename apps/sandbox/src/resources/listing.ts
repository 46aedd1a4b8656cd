import type { Collection } from '../books/collection.js';
import type { Stamped } from '../books/records.js';
import { BadQuery } from '../wire/refusal.js';
import {
  type Field,
  type Fields,
  type FieldValue,
  fieldNamed,
  type Filter,
  parseWhere,
} from '../wire/where.js';
import { type Reply } from '../wire/reply.js';
import { type ApiCall, envelope, modifiedSince } from './api-call.js';

/** How one resource is listed. */
export interface Listing<T extends Stamped> {
  readonly name: string;
  readonly rows: Collection<T>;
  readonly fields: Fields<T>;
  /** Whether `page` and `pageSize` are known here (elsewhere they are ignored), or pages come even unasked. */
  readonly paged?: boolean | 'always';
  /** Whether `where` is known here. */
  readonly where?: false;
  /** Whether `If-Modified-Since` is known here. */
  readonly since?: boolean;
  /** Filters of the resource's own query parameters. */
  readonly filters?: readonly Filter<T>[];
  readonly render: (row: T, paged: boolean) => Record<string, unknown>;
}

const MOST = 100_000;

// Xero advises no more, and longer addresses do not come through everywhere.
const MOST_IDS = 40;

/** Answers a list: filtered, ordered, and paged when a page was asked for. */
export function list<T extends Stamped>(call: ApiCall, listing: Listing<T>): Reply {
  const { name, paged = false, render } = listing;
  const rows = inOrder(call, listing.fields, selected(call, listing));
  const asked =
    paged === 'always' ||
    ['page', 'pageSize'].some((key) => call.query.has(key)) ||
    call.query.get('summaryOnly') === 'true';
  if (!paged || !asked) {
    if (rows.length > MOST)
      throw new BadQuery(`More than ${MOST} ${name} match. Use paging or narrow the filter.`);
    return envelope(call, { [name]: rows.map((row) => render(row, false)) });
  }
  const page = Math.max(1, whole(call.query.get('page'), 1));
  const pageSize = Math.min(1000, Math.max(1, whole(call.query.get('pageSize'), 100)));
  const shown = rows.slice((page - 1) * pageSize, page * pageSize);
  return envelope(call, {
    pagination: { page, pageSize, pageCount: Math.ceil(rows.length / pageSize), itemCount: rows.length },
    [name]: shown.map((row) => render(row, true)),
  });
}

/** A day as filters compare it. */
export const dayValue = (text: string | null): number | null =>
  text === null ? null : Date.parse(`${text}T00:00:00Z`);

/** The fields of the contact of a document, as filters name them. */
export function contactFields({
  tenant,
}: ApiCall): Readonly<Record<string, (row: { readonly contactId: string }) => FieldValue>> {
  return {
    'Contact.ContactID': (row) => row.contactId,
    'Contact.Name': (row) => tenant.contacts.get(row.contactId)?.name ?? null,
    'Contact.ContactNumber': (row) => tenant.contacts.get(row.contactId)?.number ?? null,
  };
}

/** A filter for a comma separated parameter; null when it was not sent. */
export function oneOf<T>(
  call: ApiCall,
  parameter: string,
  valueOf: (row: T) => string | null,
): Filter<T> | null {
  const sent = call.query.get(parameter);
  if (sent === null || sent === '') return null;
  const values = new Set(sent.split(',').map((value) => value.trim().toLowerCase()));
  if (parameter === 'IDs' && values.size > MOST_IDS)
    throw new BadQuery(`At most ${MOST_IDS} IDs can be asked for in one request`);
  return (row) => values.has(valueOf(row)?.toLowerCase() ?? '');
}

function selected<T extends Stamped>(
  call: ApiCall,
  { rows, fields, since, filters = [], ...listing }: Listing<T>,
): T[] {
  const all: Filter<T>[] = [...filters];
  const where = listing.where === false ? null : call.query.get('where');
  if (where) all.push(parseWhere(where, fields));
  const from = since ? modifiedSince(call) : null;
  // Both sides are cut to the second, so a record that changed within the second that was sent comes again.
  if (from !== null) all.push(({ updatedAt }) => Math.floor(updatedAt / 1000) * 1000 >= from);
  return rows.inOrder().filter((row) => all.every((filter) => filter(row)));
}

function inOrder<T extends Stamped>(call: ApiCall, fields: Fields<T>, rows: T[]): T[] {
  const keys = (call.query.get('order') ?? '').split(',').flatMap((part) => orderKey(part.trim(), fields));
  const first = keys[0];
  if (!first || (first.name === 'updateddateutc' && !first.descending)) return rows;
  return rows.sort((a, b) => {
    for (const { field, descending } of keys) {
      const order = compare(field.of(a), field.of(b));
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

function orderKey<T>(
  part: string,
  fields: Fields<T>,
): { name: string; field: Field<T>; descending: boolean }[] {
  if (part === '') return [];
  const [name = '', direction = 'ASC', ...rest] = part.split(/\s+/);
  if (rest.length > 0 || !/^(ASC|DESC)$/i.test(direction))
    throw new BadQuery(`Syntax error in order '${part}'`);
  return [
    { name: name.toLowerCase(), field: fieldNamed(fields, name), descending: /^DESC$/i.test(direction) },
  ];
}

function compare(a: FieldValue, b: FieldValue): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

const whole = (text: string | null, otherwise: number): number => {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isNaN(value) ? otherwise : value;
};
