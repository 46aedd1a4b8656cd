import type { CanonicalRecord, Entity } from '@sync/domain';
import { type EntityDefinition, parentKey } from './definition.js';
import { markerOf } from './marker.js';
import type { Binding, ParentState } from './ports/stores.js';
import type { IdentityKeys } from './ports/xero.js';

/** Keys of which none applies; each entity and each codec fills in its own. */
export const NO_KEYS: IdentityKeys = {
  marker: null,
  number: null,
  name: null,
  email: null,
  taxNumber: null,
  parentXeroId: null,
  currency: null,
  date: null,
  total: null,
};

/** By what a record is to be found in Xero: its own keys, those of its parents, and our marker. */
export function identityKeysOf<E extends Entity>(request: {
  definition: EntityDefinition<E>;
  record: CanonicalRecord<E>;
  binding: Pick<Binding, 'id' | 'generation'>;
  /** By `parentKey`. */
  parents: ReadonlyMap<string, Pick<ParentState, 'xeroId'>>;
}): IdentityKeys {
  const { definition, record, binding, parents } = request;
  const keys = definition.keys(
    record,
    (entity, crmId) => parents.get(parentKey({ entity, crmId }))?.xeroId ?? null,
  );
  return { ...keys, marker: markerOf(binding) };
}

/**
 * What stands for an allocation in Xero, where it has neither number nor marker: the note, the invoice, the day and the
 * amount in cents (`12.50`).
 */
export function allocationKey(of: {
  creditNoteXeroId: string;
  invoiceXeroId: string;
  date: string;
  amount: string;
}): string {
  return [of.creditNoteXeroId, of.invoiceXeroId, of.date, of.amount].join('/');
}
