import type { CrmReference } from './crm.js';
import type { XeroDocumentSettings, XeroReference } from './xero.js';

/** What was read, and when. */
export interface Copy<T> {
  data: T;
  readAt: Date;
}

/** What both sides have to choose from, as last read; null: never. */
export interface ReferenceCopies {
  xero: Copy<XeroReference> | null;
  crm: Copy<CrmReference> | null;
  /** Read only when somebody asks for everything anew. */
  documents: Copy<XeroDocumentSettings> | null;
  /** Somebody asked for everything anew, and it is yet to be read. */
  askedAt: Date | null;
}
