import type { Query } from './database.js';
import type { TableNames } from './table-names.js';

/** A kind of document that Perfex numbers. */
export type NumberedKind = 'invoices' | 'credit-notes';

/** How the numbers of a kind of document are written where a document does not say so itself. */
export interface NumberForm {
  prefix: string;
  /** 1 to 4. */
  format: number;
}

/** The options of Perfex that change how a record is read. */
export interface PerfexSettings {
  numbers: Readonly<Record<NumberedKind, NumberForm>>;
  /** Digits to which a number is filled up with zeros. */
  numberPadding: number;
  /** Days until an invoice without due date is due. */
  dueAfterDays: number;
}

const NAMES = [
  'invoice_prefix',
  'invoice_number_format',
  'credit_note_prefix',
  'credit_note_number_format',
  'number_padding_prefixes',
  'invoice_due_after',
];

/** Reads them; an option that is missing or no number has the value of a fresh installation. */
export async function readSettings(query: Query, tables: TableNames): Promise<PerfexSettings> {
  const rows = await query<{ name: string; value: string }>(
    `select name, value from ${tables('options')} where name in (?)`,
    [NAMES],
  );
  const values = new Map(rows.map(({ name, value }) => [name, value.trim()]));
  const whole = (name: string, otherwise: number): number => {
    const value = values.get(name) ?? '';
    return /^\d{1,4}$/.test(value) ? Number(value) : otherwise;
  };
  const numbers = (kind: string): NumberForm => ({
    prefix: values.get(`${kind}_prefix`) ?? '',
    format: whole(`${kind}_number_format`, 1),
  });
  return {
    numbers: { invoices: numbers('invoice'), 'credit-notes': numbers('credit_note') },
    numberPadding: whole('number_padding_prefixes', 6),
    dueAfterDays: whole('invoice_due_after', 30),
  };
}
