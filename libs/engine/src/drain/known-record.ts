import { fieldsOf } from '../agreement.js';
import type { Binding, IdentityCandidate } from '../ports/stores.js';
import type { XeroRecord } from '../ports/xero.js';

/** A record of Xero as our copy of its identity keys has it. */
export function recordOf({ xeroId, keys, owned, derived, updatedAt }: IdentityCandidate): XeroRecord {
  return { xeroId, keys, owned: fieldsOf(owned), derived, updatedAt };
}

/** A record of Xero of which nothing is known but the id, and what the binding remembers. */
export function knownRecord({ xeroSnapshot, xeroDerived, crmId }: Binding, xeroId: string): XeroRecord {
  const keys = {
    marker: null,
    number: crmId,
    name: null,
    email: null,
    taxNumber: null,
    parentXeroId: null,
    currency: null,
    date: null,
    total: null,
  };
  return {
    xeroId,
    keys,
    owned: fieldsOf(xeroSnapshot),
    derived: xeroDerived ?? { status: 'active' },
    updatedAt: null,
  };
}
