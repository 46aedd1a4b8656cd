import type { Stamped } from './stamped.js';

/** Xero's editions; they differ in tax types. */
export type Version = 'GLOBAL' | 'US' | 'AU' | 'NZ' | 'UK';

/** A Xero organisation; its id is the tenant id. Lock dates are `YYYY-MM-DD`. */
export interface Organisation extends Stamped {
  readonly name: string;
  readonly baseCurrency: string;
  readonly countryCode: string;
  readonly version: Version;
  readonly timezone: string;
  readonly createdAt: number;
  readonly periodLockDate: string | null;
  readonly endOfYearLockDate: string | null;
  /** Names of `Organisation/Actions` that were taken away from the connecting user. */
  readonly deniedActions: readonly string[];
  /** When true every call answers 503 "The Organisation is offline". */
  readonly offline: boolean;
  /** Whether the number of a VOIDED invoice may be used again; Xero does not document it. */
  readonly reuseVoidedNumbers: boolean;
  readonly nextInvoiceNumber: number;
  readonly nextCreditNoteNumber: number;
  readonly nextOrderNumber: number;
  readonly nextTaxNumber: number;
}

/** An enabled currency; its id is the ISO code. */
export interface Currency extends Stamped {
  readonly description: string;
}

/** How documents to customers look; the one with the lowest order is the default. */
export interface BrandingTheme extends Stamped {
  readonly name: string;
  readonly sortOrder: number;
  readonly createdAt: number;
}
