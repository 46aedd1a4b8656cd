import type { LinedDocument } from './line.js';

export type PurchaseOrderStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'BILLED' | 'DELETED';

/** An order to a supplier; it does not stand in the ledger. */
export interface PurchaseOrder extends LinedDocument {
  /** Unique, of deleted orders too. */
  readonly number: string;
  readonly status: PurchaseOrderStatus;
  readonly deliveryDate: string | null;
  readonly expectedArrivalDate: string | null;
  readonly deliveryAddress: string | null;
  readonly attentionTo: string | null;
  readonly telephone: string | null;
  readonly deliveryInstructions: string | null;
  readonly sentToContact: boolean;
  readonly brandingThemeId: string | null;
}
