import { decimal, type DocumentLine, money, plain, roundToCents, sum } from '@sync/domain';
import type { BackReferences, XeroRecord } from '@sync/engine';
import { inexpressible, keptNumber } from '../canonical.js';
import type { Refusal } from '../codec.js';
import { priceDocument, type SalesDocument } from '../money/price-document.js';
import { pricedLine } from '../money/priced-line.js';
import { type HeldLine, heldLines } from './held-line.js';
import { partsOf } from './line-parts.js';
import { areAsSent, type LineNames, matchLines } from './match-lines.js';

/** The money of an invoice or a credit note, as the CRM states it. */
export interface SalesMoney extends SalesDocument {
  lines: DocumentLine[];
  subtotal: string;
}

/**
 * What a document in Xero is worth in the CRM's terms: total and tax are Xero's own. Where its lines stand as they were
 * sent, they are the CRM's lines, discount and adjustment, however these had to be written.
 */
export function salesMoney(
  record: XeroRecord,
  base: SalesMoney | null,
  { references, discountOnLines }: { references: BackReferences; discountOnLines: boolean },
): { ok: true; money: SalesMoney } | Refusal {
  const held = heldLines(record, references);
  if (!Array.isArray(held)) return held;
  const { total, tax } = record.derived;
  if (total === undefined || tax === undefined) return inexpressible('its total is not known');
  if (base !== null) {
    const sent = priceDocument(base, { discountOnLines, allowedCents: Number.POSITIVE_INFINITY });
    const same = sent.ok && sent.total === total && sent.tax === tax;
    if (same && areAsSent(held, sent.lines, references)) return { ok: true, money: moneyOf(base) };
  }
  return { ok: true, money: readAnew(held, { total, tax }, base, references) };
}

function moneyOf(base: SalesMoney): SalesMoney {
  const { lines, discountTiming, discountTotal, adjustment, subtotal, totalTax, total } = base;
  return { lines, discountTiming, discountTotal, adjustment, subtotal, totalTax, total };
}

function readAnew(
  held: readonly HeldLine[],
  { total, tax }: { total: string; tax: string },
  base: SalesMoney | null,
  references: BackReferences,
): SalesMoney {
  const parts = partsOf(held, base?.discountTiming ?? 'before-tax');
  const known = (base?.lines ?? []).map((line) => ({ line, sent: pricedLine(line) }));
  const lines = matchLines(parts.charged, known, { references, make: documentLine });
  return {
    lines,
    discountTiming: parts.discountTiming,
    discountTotal: keptNumber(base?.discountTotal, money(parts.discount)),
    adjustment: keptNumber(base?.adjustment, money(parts.adjustment)),
    subtotal: keptNumber(base?.subtotal, subtotalOf(lines)),
    totalTax: keptNumber(base?.totalTax, tax),
    total: keptNumber(base?.total, total),
  };
}

/** A line that the CRM does not know, or not so. */
export function documentLine(
  { description, quantity, unitAmount }: HeldLine,
  { taxes, itemId }: LineNames,
): DocumentLine {
  return { description, quantity: plain(quantity), unitPrice: plain(unitAmount), taxes, itemId };
}

function subtotalOf(lines: readonly DocumentLine[]): string {
  return money(sum(lines.map(({ quantity, unitPrice }) => roundToCents(decimal(quantity).times(unitPrice)))));
}
