import { addUp } from './amounts.js';
import type { CrmBooks } from './books.js';
import { documentsOf, type LedgerDocument } from './ledger-documents.js';
import { eligibleRecords } from './ledger-eligible.js';
import { CRM_ENTITIES, type CrmEntity } from './records.js';

export type { LedgerDocument } from './ledger-documents.js';

/** What should be in Xero of one entity. */
export interface LedgerRow {
  count: number;
  total: string;
  tax: string;
  paid: string;
  due: string;
  documents?: LedgerDocument[];
}

/** What should be in Xero. */
export interface CrmLedger {
  entities: Record<CrmEntity, LedgerRow>;
}

/** What is asked of a ledger. */
export interface LedgerRequest {
  /** With each document. */
  documents?: boolean;
  /** Of this entity only. */
  only?: string | undefined;
}

/**
 * Adds up what the CRM holds and should be in Xero. Paid is what payments (of a credit note: refunds) come to, due is
 * what they and applied credits leave.
 */
export function ledgerOf(books: CrmBooks, { documents: shown = false, only }: LedgerRequest): CrmLedger {
  const documents = documentsOf(eligibleRecords(books));
  const wanted = CRM_ENTITIES.filter((entity) => only === undefined || entity === only);
  const rows = wanted.map((entity) => [entity, rowOf(documents[entity], shown)] as const);
  return { entities: Object.fromEntries(rows) as Record<CrmEntity, LedgerRow> };
}

function rowOf(documents: LedgerDocument[], withDocuments: boolean): LedgerRow {
  return {
    count: documents.length,
    total: addUp(documents.map(({ total }) => total)),
    tax: addUp(documents.map(({ tax }) => tax)),
    paid: addUp(documents.map(({ paid }) => paid)),
    due: addUp(documents.map(({ due }) => due)),
    ...(withDocuments ? { documents } : {}),
  };
}
