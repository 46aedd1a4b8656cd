import { type TaxComponent, taxSetKey } from '@sync/domain';
import type { ParentRef } from '@sync/engine';

interface Line {
  taxes: readonly TaxComponent[];
  itemId: string | null;
}

/** The sets of taxes that lines carry; Xero must know those of what is sold. */
export function taxParents(lines: readonly Pick<Line, 'taxes'>[], required: boolean): ParentRef[] {
  const sets = new Set(lines.filter(({ taxes }) => taxes.length > 0).map(({ taxes }) => taxSetKey(taxes)));
  return [...sets].map((crmId) => ({ entity: 'taxes', crmId, required }));
}

/** The items of lines: named where they are in Xero. */
export function itemParents(lines: readonly Pick<Line, 'itemId'>[]): ParentRef[] {
  const items = new Set(lines.flatMap(({ itemId }) => (itemId === null ? [] : [itemId])));
  return [...items].map((crmId) => ({ entity: 'items', crmId, required: false }));
}
