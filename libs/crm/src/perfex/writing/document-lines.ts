import { canonicalHash, type DocumentLine } from '@sync/domain';
import { type DocumentKind, lineRows } from '../reading/read-documents.js';
import type { WriteSession } from './write-session.js';
import { insertRow, updateRow } from './rows.js';
import { type StorableLine, storableLine } from './storable-line.js';

/** Whose lines they are. */
export interface LineOwner {
  relType: DocumentKind['relType'];
  rowId: number;
}

/** Locks a document with its lines and their taxes, so that nobody adds one before this transaction ends. */
export async function lockDocument(
  { query, tables }: WriteSession,
  table: DocumentKind['table'],
  { relType, rowId }: LineOwner,
): Promise<void> {
  await query(`select id from ${tables(table)} where id = ? for update`, [rowId]);
  for (const part of ['itemable', 'item_tax'] as const) {
    await query(`select id from ${tables(part)} where rel_id = ? and rel_type = ? for update`, [
      rowId,
      relType,
    ]);
  }
}

/** Stores the lines of a new document. */
export async function insertLines(
  session: WriteSession,
  owner: LineOwner,
  lines: readonly StorableLine[],
): Promise<void> {
  for (const [index, line] of lines.entries()) await insertLine(session, owner, { line, order: index + 1 });
}

/**
 * Makes the lines of a document what they shall be. Lines that stay the same keep their rows, and so whatever in Perfex
 * points at them (the task or expense that they bill); those between them are changed in their places.
 */
export async function replaceLines(
  session: WriteSession,
  owner: LineOwner,
  { was, lines }: { was: readonly DocumentLine[]; lines: readonly DocumentLine[] },
): Promise<void> {
  const ids = (await lineRows(session, owner.relType, [owner.rowId])).map(({ id }) => id);
  const { head, tail } = sameEnds(was, lines);
  const old = ids.slice(head, ids.length - tail);
  const wanted = lines.slice(head, lines.length - tail);
  for (const [index, line] of wanted.entries()) {
    const place = { line: storableLine(line), order: head + index + 1 };
    const id = old[index];
    await (id === undefined
      ? insertLine(session, owner, place)
      : updateLine(session, owner, { id, ...place }));
  }
  for (const id of old.slice(wanted.length)) await deleteLine(session, id);
  if (was.length !== lines.length) await moveTail(session, ids.slice(ids.length - tail), lines.length - tail);
}

/** How many lines at the beginning, and at the end, are the same in both. */
function sameEnds(was: readonly DocumentLine[], lines: readonly DocumentLine[]) {
  const same = (a: DocumentLine | undefined, b: DocumentLine | undefined): boolean =>
    a !== undefined && b !== undefined && canonicalHash(a) === canonicalHash(b);
  const shorter = Math.min(was.length, lines.length);
  let head = 0;
  while (head < shorter && same(was[head], lines[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && same(was.at(-1 - tail), lines.at(-1 - tail))) tail += 1;
  return { head, tail };
}

interface PlacedLine {
  line: StorableLine;
  order: number;
}

async function insertLine(
  session: WriteSession,
  owner: LineOwner,
  { line, order }: PlacedLine,
): Promise<void> {
  const { relType, rowId } = owner;
  const id = await insertRow(session, 'itemable', {
    rel_id: rowId,
    rel_type: relType,
    ...lineValues(line),
    item_order: order,
  });
  await insertLineTaxes(session, owner, { id, line });
}

async function updateLine(
  session: WriteSession,
  owner: LineOwner,
  { id, line, order }: PlacedLine & { id: number },
): Promise<void> {
  await updateRow(session, 'itemable', { id, values: { ...lineValues(line), item_order: order } });
  await session.run(`delete from ${session.tables('item_tax')} where itemid = ?`, [id]);
  await insertLineTaxes(session, owner, { id, line });
}

function lineValues({ description, longDescription, quantity, rate }: StorableLine) {
  return { description, long_description: longDescription, qty: quantity, rate };
}

async function insertLineTaxes(
  session: WriteSession,
  { relType, rowId }: LineOwner,
  { id, line }: { id: number; line: StorableLine },
): Promise<void> {
  for (const { name, rate } of line.taxes) {
    await insertRow(session, 'item_tax', {
      itemid: id,
      rel_id: rowId,
      rel_type: relType,
      taxrate: rate,
      taxname: name,
    });
  }
}

async function deleteLine({ run, tables }: WriteSession, id: number): Promise<void> {
  await run(`delete from ${tables('item_tax')} where itemid = ?`, [id]);
  await run(`delete from ${tables('itemable')} where id = ?`, [id]);
}

async function moveTail(session: WriteSession, ids: readonly number[], before: number): Promise<void> {
  for (const [index, id] of ids.entries()) {
    await updateRow(session, 'itemable', { id, values: { item_order: before + index + 1 } });
  }
}
