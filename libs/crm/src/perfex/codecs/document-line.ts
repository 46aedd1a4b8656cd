import type { DocumentLine } from '@sync/domain';
import { plainTextOrNull } from '../../plain-text.js';

/** A charged line. */
export interface LineRow {
  id: number;
  documentId: number;
  description: string;
  longDescription: string | null;
  quantity: string;
  rate: string;
}

/** One tax of a line: a copy of name and rate. */
export interface LineTaxRow {
  id: number;
  lineId: number;
  documentId: number;
  name: string;
  rate: string;
}

/** A line is a free text: nothing in it says which item of the catalogue it was made from. */
export function decodeLine(line: LineRow, taxes: readonly LineTaxRow[]): DocumentLine {
  const texts = [plainTextOrNull(line.description), plainTextOrNull(line.longDescription)];
  return {
    description: texts.filter((text) => text !== null).join('\n'),
    quantity: line.quantity,
    unitPrice: line.rate,
    taxes: taxes
      .filter(({ lineId }) => lineId === line.id)
      .map(({ name, rate }) => ({ name: bareTaxName(name), rate })),
    itemId: null,
  };
}

/** Forms write a tax as `NAME|RATE`; some modules stored it so. A name may itself hold a bar, so the last one counts. */
function bareTaxName(stored: string): string {
  return (/^(.+)\|\s*\d+(?:\.\d+)?$/s.exec(stored)?.[1] ?? stored).trim();
}
