import type { PerfexSettings } from '../settings.js';

/** What Perfex stores as number of a draft: it gets a real one when it is sent, paid or cancelled. */
export const DRAFT_NUMBER = 1_000_000_000;

/** What a number is written with. */
export interface NumberedInvoice {
  number: number;
  prefix: string | null;
  numberFormat: number;
  formattedNumber: string | null;
  /** `YYYY-MM-DD`. */
  date: string;
}

/**
 * The number as printed: as Perfex stored it since 3.2.0, since modules may change the form; before that by the four
 * forms of Perfex.
 */
export function invoiceNumber(invoice: NumberedInvoice, settings: PerfexSettings): string {
  const stored = invoice.formattedNumber?.trim() ?? '';
  if (stored !== '') return stored;
  const prefix = invoice.prefix ?? settings.invoicePrefix;
  const digits = String(invoice.number).padStart(settings.numberPadding, '0');
  const [year = '', month = ''] = invoice.date.split('-');
  switch (invoice.numberFormat === 0 ? settings.invoiceNumberFormat : invoice.numberFormat) {
    case 2:
      return `${prefix}${year}/${digits}`;
    case 3:
      return `${prefix}${digits}-${year.slice(2)}`;
    case 4:
      return `${prefix}${digits}/${month}/${year}`;
    default:
      return `${prefix}${digits}`;
  }
}
