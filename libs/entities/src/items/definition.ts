import { type Item, taxSetKey } from '@sync/domain';
import { type EntityDefinition, NO_KEYS, type Problem } from '@sync/engine';
import { SALES } from '../needs.js';

/** Xero takes no longer code (Items, field Code). */
const MAX_CODE = 30;

/** Something that is sold. Its code is its identity in Xero; one without a code gets one from its id. */
export const items: EntityDefinition<'items'> = {
  entity: 'items',
  codecVersion: 1,
  derive: () => null,
  label: ({ code, name }) => (code === null ? name : `${code} ${name}`),
  owned: ({ id: _id, ...fields }) => fields,
  // Required, since Xero is told the tax rate with the item: without it the item could not be written as it is.
  parents: ({ taxes }) =>
    taxes.length > 0 ? [{ entity: 'taxes', crmId: taxSetKey(taxes), required: true }] : [],
  whenParentExcluded: 'park',
  exclusion: () => null,
  check: checkItem,
  warnings: () => [],
  needs: () => [SALES],
  identity: { number: 'record', facts: false, person: false },
  keys: (item) => ({ ...NO_KEYS, number: itemCode(item), name: item.name }),
  uniqueName: () => null,
  editForbidden: null,
};

/** The code under which an item stands in Xero. */
export function itemCode({ code, id }: Pick<Item, 'code' | 'id'>): string {
  return code ?? `ITEM-${id}`;
}

function checkItem(item: Item): Problem | null {
  const code = itemCode(item);
  if (code.length > MAX_CODE) return { code: 'ITEM_CODE_TOO_LONG', meta: { code, length: code.length } };
  return item.name.trim() === '' ? { code: 'ITEM_NAME_MISSING', meta: {} } : null;
}
