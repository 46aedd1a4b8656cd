import type { Entity, Json } from '@sync/domain';
import type { ParentState } from '../ports/stores.js';

/** A parent that is in Xero. */
export type BoundParent = ParentState & { xeroId: string };

/** The parent, if it is in Xero. */
export function boundParent(state: ParentState | undefined): BoundParent[] {
  return state && state.xeroId !== null ? [{ ...state, xeroId: state.xeroId }] : [];
}

/** What a record names its parents by in Xero. */
export function byEntity(parents: readonly BoundParent[]): Map<Entity, Map<string, string>> {
  const found = new Map<Entity, Map<string, string>>();
  for (const parent of parents) {
    const ofEntity = found.get(parent.entity) ?? new Map<string, string>();
    found.set(parent.entity, ofEntity.set(parent.crmId, referenceOf(parent)));
  }
  return found;
}

/** Lines name an item by its code, everything else by its id. */
function referenceOf({ entity, xeroId, xeroSnapshot }: BoundParent): string {
  return entity === 'items' ? (textField(xeroSnapshot, 'code') ?? xeroId) : xeroId;
}

function textField(snapshot: Json | null, field: string): string | null {
  if (snapshot === null || typeof snapshot !== 'object' || Array.isArray(snapshot)) return null;
  const value = (snapshot as { readonly [key: string]: Json | undefined })[field];
  return typeof value === 'string' ? value : null;
}
