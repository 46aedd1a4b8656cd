import type { Stamped } from './stamped.js';

/** Price, account and tax of an item on one side; prices are decimal strings. */
export interface ItemDetails {
  readonly unitPrice?: string;
  readonly accountCode?: string;
  readonly taxType?: string;
}

export interface Item extends Stamped {
  readonly code: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly purchaseDescription: string | null;
  readonly isSold: boolean;
  readonly isPurchased: boolean;
  readonly sales: ItemDetails;
  readonly purchase: ItemDetails;
}
