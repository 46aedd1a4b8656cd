import type { Query } from './database.js';
import type { TableNames } from './table-names.js';

/** The options of Perfex that change how a record is read. */
export interface PerfexSettings {
  /** Goes before an invoice's number where the invoice has no prefix of its own. */
  invoicePrefix: string;
  /** 1 to 4, for invoices that say none themselves. */
  invoiceNumberFormat: number;
  /** Digits to which a number is filled up with zeros. */
  numberPadding: number;
  /** Days until an invoice without due date is due. */
  dueAfterDays: number;
}

const NAMES = ['invoice_prefix', 'invoice_number_format', 'number_padding_prefixes', 'invoice_due_after'];

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
  return {
    invoicePrefix: values.get('invoice_prefix') ?? '',
    invoiceNumberFormat: whole('invoice_number_format', 1),
    numberPadding: whole('number_padding_prefixes', 6),
    dueAfterDays: whole('invoice_due_after', 30),
  };
}
