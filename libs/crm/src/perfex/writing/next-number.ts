import { documentNumber } from '../codecs/document-number.js';
import { type NumberedKind, readSettings } from '../settings.js';
import type { WriteSession } from './write-session.js';

/** The number of a new document, as the columns of its row. */
export interface NewNumber {
  number: number;
  prefix: string;
  number_format: number;
  /** Only stored by versions that have the column. */
  formatted_number: string;
}

const KINDS = {
  invoices: { table: 'invoices', option: 'next_invoice_number' },
  'credit-notes': { table: 'creditnotes', option: 'next_credit_note_number' },
} as const;

/** How many numbers are looked at once. */
const WINDOW = 100;

/**
 * Takes the next number, as Perfex counts them. The counter stays locked until the transaction ends, so that two writers
 * never get the same one. To be called before anything is read: what was read before would be older than the lock. Perfex
 * itself numbers by year and lets people type a number, so one that is taken in the year of `date` is passed over.
 */
export async function takeNumber(
  session: WriteSession,
  kind: NumberedKind,
  date: string,
): Promise<NewNumber> {
  const { query, run, tables } = session;
  const { option } = KINDS[kind];
  const [counter] = await query<{ value: string }>(
    `select value from ${tables('options')} where name = ? for update`,
    [option],
  );
  const settings = await readSettings(query, tables);
  const number = await firstFree(session, kind, { from: wholeNumber(counter?.value), date });
  await run(`update ${tables('options')} set value = ? where name = ?`, [String(number + 1), option]);
  const { prefix, format } = settings.numbers[kind];
  const numbered = { number, prefix, numberFormat: format, formattedNumber: null, date };
  return {
    number,
    prefix,
    number_format: format,
    formatted_number: documentNumber(numbered, kind, settings),
  };
}

async function firstFree(
  { query, tables }: WriteSession,
  kind: NumberedKind,
  { from, date }: { from: number; date: string },
): Promise<number> {
  for (let number = from; ; ) {
    const rows = await query<{ number: number }>(
      `select distinct number from ${tables(KINDS[kind].table)}
       where number between ? and ? and year(date) = year(?)`,
      [number, number + WINDOW, date],
    );
    const taken = new Set(rows.map((row) => row.number));
    const end = number + WINDOW;
    while (taken.has(number)) number += 1;
    if (number <= end) return number;
  }
}

function wholeNumber(value: string | undefined): number {
  const number = Number(value?.trim());
  return Number.isInteger(number) && number > 0 ? number : 1;
}
