import type { NumberedKind, PerfexSettings } from '../settings.js';

/** What Perfex stores as number of a draft: it gets a real one when it is sent, paid or cancelled. */
export const DRAFT_NUMBER = 1_000_000_000;

/** What a number is written with. */
export interface NumberedDocument {
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
export function documentNumber(
  document: NumberedDocument,
  kind: NumberedKind,
  settings: PerfexSettings,
): string {
  const stored = document.formattedNumber?.trim() ?? '';
  if (stored !== '') return stored;
  const usual = settings.numbers[kind];
  const prefix = document.prefix ?? usual.prefix;
  const digits = String(document.number).padStart(settings.numberPadding, '0');
  const [year = '', month = ''] = document.date.split('-');
  switch (document.numberFormat === 0 ? usual.format : document.numberFormat) {
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
