import type { CanonicalRecord, Entity, IssueCode, Json } from '@sync/domain';
import type {
  BackReferences,
  CanonicalResult,
  EncodeRequest,
  EncodeResult,
  XeroDerived,
  XeroRecord,
} from '@sync/engine';

/** A record of Xero to be expressed in the CRM's terms. */
export interface CanonicalRequest<E extends Entity> {
  record: XeroRecord;
  /** What the CRM holds of it; null: nothing yet. */
  base: CanonicalRecord<E> | null;
  references: BackReferences;
}

/** A record of Xero that another one refers to. */
export interface Reference {
  entity: Entity;
  xeroId: string;
}

/** The two directions between a canonical record and Xero's wire form. Both are pure. */
export interface Codec<E extends Entity> {
  /** The element of a writing call, or the issue that stands in its way. */
  encode(request: EncodeRequest<E>): EncodeResult;
  /**
   * Reads an element of a reply. Null: it is none of this entity's, such as a bill among invoices. Throws a ZodError
   * when it lacks what every record of Xero has.
   */
  decode(element: unknown): XeroRecord | null;
  /** What a record of Xero is in the CRM's terms; what Xero cannot express is taken from what the CRM holds. */
  canonical(request: CanonicalRequest<E>): CanonicalResult<E>;
  /** The records that are needed for that. */
  refersTo(record: XeroRecord): Reference[];
}

/** Why a record cannot be expressed in Xero. */
export type Refusal = { ok: false; code: IssueCode; meta: { readonly [key: string]: Json } };

/** A refusal with the facts of its sentence. */
export function refuse(code: IssueCode, meta: { readonly [key: string]: Json } = {}): Refusal {
  return { ok: false, code, meta };
}

/** A refusal of a record whose parent is not in Xero. */
export function missingParent(parent: string, parentId: string): Refusal {
  return refuse('PARENT_NOT_SYNCED', { parent, parentId, reason: 'it has no id there' });
}

/** An element that needed no adjusting, and what Xero should say of it. */
export function encoded(element: Json, expected: Partial<XeroDerived> = {}): EncodeResult {
  return { ok: true, element, expected, adjusted: { taxCents: 0, roundingCents: 0 } };
}

/** Whether a field goes into this request: all of them do in a create, the changed ones in an update. */
export function sends(
  { action, changed }: Pick<EncodeRequest, 'action' | 'changed'>,
  ...fields: readonly string[]
): boolean {
  return action === 'create' || changed === null || fields.some((field) => changed.includes(field));
}
