import type { Customer } from '@sync/domain';
import { type EntityDefinition, NO_KEYS, type Problem } from '@sync/engine';

/** What customers and vendors have in common: both are people or companies, and contacts in Xero. */
export const person = {
  codecVersion: 1,
  owned: ({ id: _id, active: _active, ...fields }) => fields,
  parents: () => [],
  whenParentExcluded: 'park',
  exclusion: () => null,
  check: checkName,
  warnings: () => [],
  needs: () => [],
  identity: { number: 'nothing', facts: false, person: true },
  keys: ({ name, email, taxNumber }) => ({ ...NO_KEYS, name, email, taxNumber }),
  uniqueName: ({ name }) => name,
  editForbidden: null,
} as const satisfies Partial<EntityDefinition<'customers'>>;

function checkName({ name }: Customer): Problem | null {
  return name === null || name.trim() === '' ? { code: 'CUSTOMER_NAME_MISSING', meta: {} } : null;
}
