import type { Stamped } from './stamped.js';

export type AccountClass = 'ASSET' | 'EQUITY' | 'EXPENSE' | 'LIABILITY' | 'REVENUE';

/** An account of the chart; `systemAccount` is null for those that people made. */
export interface Account extends Stamped {
  readonly code: string;
  readonly name: string;
  readonly type: string;
  readonly status: 'ACTIVE' | 'ARCHIVED';
  readonly taxType: string;
  readonly class: AccountClass;
  readonly systemAccount: string | null;
  readonly enablePayments: boolean;
  readonly showInExpenseClaims: boolean;
  readonly bankAccountNumber: string | null;
  readonly bankAccountType: string;
  readonly currencyCode: string | null;
  readonly description: string | null;
  readonly reportingCode: string;
  readonly reportingCodeName: string;
}

/** One part of a tax rate; `rate` is a percentage as a decimal string. */
export interface TaxComponent {
  readonly name: string;
  readonly rate: string;
  readonly isCompound: boolean;
  readonly isNonRecoverable: boolean;
}

/** A tax rate; its id is the TaxType. `effectiveRate` is a percentage as a decimal string. */
export interface TaxRate extends Stamped {
  readonly name: string;
  readonly reportTaxType: string | null;
  readonly components: readonly TaxComponent[];
  readonly effectiveRate: string;
  readonly status: 'ACTIVE' | 'ARCHIVED' | 'DELETED';
  readonly appliesTo: readonly AccountClass[];
  readonly system: boolean;
}
