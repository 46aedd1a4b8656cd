import type { Vendor } from '@sync/domain';
import { type EntityDefinition, fallbackVendorName } from '@sync/engine';
import { person } from '../person.js';

/** Somebody who is bought from: a contact in Xero. The supplier of expenses without one follows from its id alone. */
export const vendors: EntityDefinition<'vendors'> = {
  ...person,
  entity: 'vendors',
  derive: (id) => {
    const name = fallbackVendorName(id);
    return name === null ? null : nothingBut(id, name);
  },
  label: ({ name, id }) => name ?? `Vendor ${id}`,
};

function nothingBut(id: string, name: string): Vendor {
  return {
    id,
    name,
    firstName: null,
    lastName: null,
    email: null,
    phone: null,
    taxNumber: null,
    currency: null,
    billingAddress: null,
    streetAddress: null,
    people: [],
    active: true,
  };
}
