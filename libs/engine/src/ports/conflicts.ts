import type { Entity, Json, Side } from '@sync/domain';

/** A field, or a group of fields that go together, that was changed on both sides. */
export interface FieldConflict {
  /** The field's name; `amounts` for everything that adds up to a document's total. */
  field: string;
  /** What each side holds; of a group, its fields by name. */
  crm: Json;
  xero: Json;
  /** When the CRM's change was first seen, by our clock. */
  crmSeenAt: Date | null;
  /** When Xero's record last changed, by Xero's clock. */
  xeroUpdatedAt: Date | null;
  /** Which side a person chose. */
  choice: Side | null;
}

/** A record with fields that were changed on both sides, as an admin sees it. */
export interface ConflictView {
  recordId: string;
  entity: Entity;
  crmId: string | null;
  xeroId: string | null;
  label: string | null;
  openedAt: Date;
  fields: FieldConflict[];
}

/** Conflicts that wait for a person. */
export interface ConflictStore {
  /** Those of an organization, the oldest first; `cursor` is the `recordId` and `openedAt` of the page before. */
  list(request: {
    organizationId: string;
    cursor: string | null;
    limit: number;
  }): Promise<{ items: ConflictView[]; nextCursor: string | null }>;
  /**
   * Stores who wins which field and makes the record due. A field that is not named keeps its earlier choice; a choice
   * holds for the values that were shown: if either changes, it is asked anew. False: there is no such conflict.
   */
  choose(organizationId: string, recordId: string, choices: Readonly<Record<string, Side>>): Promise<boolean>;
  /** The conflicts of these bindings, by binding id. */
  of(organizationId: string, bindingIds: readonly string[]): Promise<Map<string, FieldConflict[]>>;
}
