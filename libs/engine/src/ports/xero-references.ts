import type { Entity, TaxComponent } from '@sync/domain';

/** Everything a codec needs besides the record: resolved by the engine from bindings, mappings and settings. */
export interface References {
  /** Ids of parents in Xero, by entity and CRM id: `parents.get('customers')?.get('17')`. Items give their code. */
  parents: ReadonlyMap<Entity, ReadonlyMap<string, string>>;
  /** Xero's TaxType of what is sold, by key of a tax set; `none` stands for a line without tax. */
  taxTypes: ReadonlyMap<string, string>;
  /** The same of what is bought. */
  purchaseTaxTypes: ReadonlyMap<string, string>;
  /** Account codes by purpose. */
  accounts: { sales: string; rounding: string; expenses: string | null };
  /** Account codes by the CRM's expense category. */
  expenseAccounts: ReadonlyMap<string, string>;
  /** The bank account's AccountID by payment mode. */
  bankAccounts: ReadonlyMap<string, string>;
  /** The currency of a bank account by AccountID: what is spent from it counts in that one. */
  accountCurrencies: ReadonlyMap<string, string>;
  /** Where `/r/<binding id>` is served; null: the marker goes into the Reference. */
  publicUrl: string | null;
  baseCurrency: string;
  /** How many cents a document's total may differ from its parts before it parks. */
  allowedCents: number;
  /** How a new invoice arrives in Xero. */
  invoiceStatus: 'DRAFT' | 'SUBMITTED' | 'AUTHORISED';
  /** The first day that is not locked, `YYYY-MM-DD`, where earlier dates are moved to it; null: none is moved. */
  openFrom: string | null;
}

/**
 * The same the other way round: from what Xero names to what the CRM does. Where several of the CRM go by one name in
 * Xero, all of them are listed, the one for a new record first: a record that is known keeps its own.
 */
export interface BackReferences {
  /** CRM ids by entity and Xero id. Of items: by code. */
  crmIds: ReadonlyMap<Entity, ReadonlyMap<string, string>>;
  /** The CRM's sets of taxes that are sent under a TaxType; the empty set under that of a line without tax. */
  taxSets: ReadonlyMap<string, readonly (readonly TaxComponent[])[]>;
  /** The CRM's payment modes by AccountID of a bank account; `none` stands for no mode. */
  paymentModes: ReadonlyMap<string, readonly string[]>;
  /** The CRM's expense categories by account code, those that go there for want of an account of their own included. */
  expenseCategories: ReadonlyMap<string, readonly { id: string; name: string }[]>;
  baseCurrency: string;
}
