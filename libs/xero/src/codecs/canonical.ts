import { decimal, type Entity, type TaxComponent, taxSetKey } from '@sync/domain';
import type { BackReferences, XeroRecord } from '@sync/engine';
import { type Reference, type Refusal, refuse } from './codec.js';
import { fit } from './wire-values.js';

/** Why a record of Xero has no form in the CRM. */
export function inexpressible(reason: string): Refusal {
  return refuse('XERO_RECORD_NOT_EXPRESSIBLE', { reason });
}

/** References to these records; what is not named refers to nothing. */
export function referencesTo(entity: Entity, ids: Iterable<string | null | undefined>): Reference[] {
  const named = [...ids].filter((id) => typeof id === 'string');
  return [...new Set(named)].map((xeroId) => ({ entity, xeroId }));
}

/** The CRM's id of a record of Xero, or that it has none. `parent` is what people call it. */
export function crmIdOf(
  { crmIds }: BackReferences,
  entity: Entity,
  { xeroId, parent, known }: { xeroId: string | null; parent: string; known: string | undefined },
): { id: string } | Refusal {
  const id = xeroId === null ? known : crmIds.get(entity)?.get(xeroId);
  if (id !== undefined) return { id };
  return refuse('XERO_PARENT_NOT_LINKED', { parent, parentXeroId: xeroId ?? '' });
}

/** A text among the owned fields; undefined: whatever the record was read from left it out. */
export function ownedText({ owned }: XeroRecord, field: string): string | null | undefined {
  const value = owned[field];
  return typeof value === 'string' || value === null ? value : undefined;
}

/** A text of Xero, unless it is only what Xero could take of the CRM's; what is not known is as the CRM has it. */
export function keptText(base: string | null | undefined, held: string | null | undefined): string | null {
  if (held === undefined) return base ?? null;
  if (base === null || base === undefined) return held;
  const [own, others] = [bare(base), bare(held ?? '')];
  return own === others || (others.length >= SURELY_CUT && own.startsWith(others)) ? base : held;
}

/** No field of Xero that we fill is cut to less. */
const SURELY_CUT = 200;

function bare(text: string): string {
  return fit(text, Number.MAX_SAFE_INTEGER);
}

/** A number of Xero, in the CRM's way of writing it where that is the same number. */
export function keptNumber(base: string | null | undefined, held: string): string {
  return typeof base === 'string' && decimal(base).equals(held) ? base : held;
}

/** The set of taxes of a record that has one; the CRM's own where it goes by the same TaxType. */
export function keptTaxes(
  base: readonly TaxComponent[] | undefined,
  sets: readonly (readonly TaxComponent[])[],
): TaxComponent[] {
  const same = base !== undefined && sets.some((set) => taxSetKey(set) === taxSetKey(base));
  return [...(same ? base : (sets[0] ?? []))];
}

/** Xero's own code for what is not taxed, wherever it has one. */
const NO_TAX_TYPE = 'NONE';

/** The CRM's tax sets behind a TaxType; a line without one is not taxed. */
export function taxSetsOf(
  { taxSets }: BackReferences,
  taxType: string | null,
): readonly (readonly TaxComponent[])[] | Refusal {
  if (taxType === null) return [[]];
  const sets = taxSets.get(taxType);
  if (sets !== undefined && sets.length > 0) return sets;
  return taxType === NO_TAX_TYPE ? [[]] : refuse('XERO_TAX_NOT_MAPPED', { taxType });
}
