/** How a mapping came about. */
export type MappingSource = 'suggested' | 'confirmed';

/** One mapping: what in the CRM (or which purpose) stands for what in Xero. */
export interface Mapping {
  kind: 'account' | 'tax' | 'purchase-tax' | 'payment-mode' | 'expense-category';
  /** `sales`, `rounding`, `expenses`; the key of a tax set; the id of a payment mode or an expense category. */
  key: string;
  /** What a person calls it. */
  label: string;
  /** Account code, TaxType, AccountID; null: nothing fits, a person must choose. */
  value: string | null;
  source: MappingSource;
  /** Why it was suggested. */
  reason: string | null;
}

/** The mappings of an organization. */
export interface MappingStore {
  load(organizationId: string): Promise<Mapping[]>;
  /** Inserts suggestions, and fills gaps of earlier ones; what has a value is left as it is. */
  suggest(organizationId: string, mappings: readonly Mapping[]): Promise<void>;
  /** Saves choices as confirmed and re-drives what was parked for want of them. */
  save(organizationId: string, mappings: readonly Mapping[]): Promise<void>;
  /** Confirms everything that has a value, in one call, and lets posting begin. */
  confirm(organizationId: string, at: Date): Promise<void>;
}
