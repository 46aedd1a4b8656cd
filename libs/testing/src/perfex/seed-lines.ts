import type { PerfexDatabase } from './opened-database.js';
import { insertRows } from './rows.js';

/** A line of a seeded document; amounts are decimal text as Perfex stores them. */
export interface SeededLine {
  description: string;
  longDescription?: string;
  quantity: string;
  rate: string;
  /** Name and rate of each tax. */
  taxes?: readonly (readonly [string, string])[];
  /** Offered but not chosen, so not charged; Perfex 3.4.0 only. */
  optional?: true;
  /** Place on the document; as listed unless told. */
  order?: number;
}

/** A document that has lines. */
export interface SeededDocument {
  id: number;
  relType: 'invoice' | 'credit_note';
  lines: readonly SeededLine[];
}

/** Stores the lines of a document with their taxes. */
export async function seedLines(perfex: PerfexDatabase, document: SeededDocument): Promise<void> {
  const lines = document.lines.filter((line) => line.optional !== true || perfex.shape === '3.4.0');
  for (const [index, line] of lines.entries()) await insertLine(perfex, { document, line, index });
}

interface PlacedLine {
  document: SeededDocument;
  line: SeededLine;
  index: number;
}

async function insertLine({ connection, table, shape }: PerfexDatabase, placed: PlacedLine): Promise<void> {
  const { document, line, index } = placed;
  const owner = { rel_id: document.id, rel_type: document.relType };
  const optional = line.optional === true ? 1 : 0;
  const itemid = await insertRows(connection, table('itemable'), [
    {
      ...owner,
      description: line.description,
      long_description: line.longDescription ?? null,
      qty: line.quantity,
      rate: line.rate,
      ...(shape === '3.4.0' ? { is_optional: optional, is_selected: 1 - optional } : {}),
      item_order: line.order ?? index + 1,
    },
  ]);
  const taxes = (line.taxes ?? []).map(([taxname, taxrate]) => ({ itemid, ...owner, taxname, taxrate }));
  await insertRows(connection, table('item_tax'), taxes);
}
