import { NO_TAX_KEY, type TaxComponent, taxSetKey } from '@sync/domain';
import type { BackReferences } from '@sync/engine';
import { keptTaxes } from '../canonical.js';
import type { PricedLine } from '../money/priced-line.js';
import type { HeldLine } from './held-line.js';

/** A line of the CRM with what was sent for it. */
export interface KnownLine<T> {
  line: T;
  sent: PricedLine;
}

/** What a line of Xero names in the CRM's terms. */
export interface LineNames {
  taxes: TaxComponent[];
  itemId: string | null;
}

/** Lines of Xero in the CRM's terms: one that is as it was sent is the CRM's own line; `make` makes the others. */
export function matchLines<T>(
  held: readonly HeldLine[],
  known: readonly KnownLine<T>[],
  { references, make }: { references: BackReferences; make: (line: HeldLine, names: LineNames) => T },
): T[] {
  const left = [...known];
  return held.map((line) => {
    const index = left.findIndex(({ sent }) => isAsSent(line, sent, references));
    const [own] = index === -1 ? [] : left.splice(index, 1);
    return own ? own.line : make(line, namesOf(line, references));
  });
}

function namesOf(line: HeldLine, references: BackReferences): LineNames {
  return { taxes: keptTaxes(undefined, line.taxSets), itemId: itemIdOf(line, references) };
}

function itemIdOf({ itemCode }: HeldLine, { crmIds }: BackReferences): string | null {
  return itemCode === null ? null : (crmIds.get('items')?.get(itemCode) ?? null);
}

/** Whether all these lines are as they were sent, in their order. */
export function areAsSent(
  held: readonly HeldLine[],
  sent: readonly PricedLine[],
  references: BackReferences,
): boolean {
  return (
    held.length === sent.length &&
    held.every((line, index) => {
      const own = sent[index];
      return own !== undefined && line.amount.equals(own.amount) && isAsSent(line, own, references);
    })
  );
}

/** An item that was not in Xero when the line was sent has left no code there. */
function isAsSent(line: HeldLine, sent: PricedLine, references: BackReferences): boolean {
  const itemId = itemIdOf(line, references);
  return (
    line.description === sent.description &&
    line.quantity.equals(sent.quantity) &&
    line.unitAmount.equals(sent.unitAmount) &&
    line.taxSets.some((set) => keyOf(set) === sent.taxKey) &&
    (itemId === null || itemId === sent.itemId)
  );
}

function keyOf(set: readonly TaxComponent[]): string {
  return set.length === 0 ? NO_TAX_KEY : taxSetKey(set);
}
