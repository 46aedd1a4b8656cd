import type { EntityDefinition } from '@sync/engine';
import { person } from '../person.js';

/** A customer: a contact in Xero. */
export const customers: EntityDefinition<'customers'> = {
  ...person,
  entity: 'customers',
  derive: () => null,
  label: ({ name, id }) => name ?? `Customer ${id}`,
};
