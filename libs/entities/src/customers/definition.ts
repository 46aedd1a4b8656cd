import type { Customer } from '@sync/domain';
import type { EntityDefinition, Problem } from '@sync/engine';
import { NO_KEYS } from '../no-keys.js';

/** A customer: a contact in Xero. */
export const customers: EntityDefinition<'customers'> = {
  entity: 'customers',
  codecVersion: 1,
  derive: () => null,
  label: ({ name, id }) => name ?? `Customer ${id}`,
  owned: ({ id: _id, active: _active, ...fields }) => fields,
  parents: () => [],
  whenParentExcluded: 'park',
  exclusion: () => null,
  check: checkName,
  warnings: () => [],
  identity: { number: 'nothing', facts: false, person: true },
  keys: ({ name, email, taxNumber }) => ({ ...NO_KEYS, name, email, taxNumber }),
  uniqueName: ({ name }) => name,
  editForbidden: null,
};

function checkName({ name }: Customer): Problem | null {
  return name === null || name.trim() === '' ? { code: 'CUSTOMER_NAME_MISSING', meta: {} } : null;
}
