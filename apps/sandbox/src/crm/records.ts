import type { CreditApplicationRecord, CreditNoteRecord, RefundRecord } from './credit-records.js';
import type { ExpenseRecord, PurchaseOrderRecord } from './purchase-records.js';
import type {
  ContactPerson,
  DiscountRecord,
  LineRecord,
  PostalAddress,
  Stamped,
  TaxCopy,
} from './record-parts.js';

export type * from './credit-records.js';
export type * from './purchase-records.js';
export type * from './record-parts.js';

/** What the CRM keeps, in the order in which parents come before children. */
export const CRM_ENTITIES = [
  'taxes',
  'customers',
  'vendors',
  'items',
  'invoices',
  'credit-notes',
  'credit-applications',
  'payments',
  'refunds',
  'expenses',
  'purchase-orders',
] as const;

/** One kind of record. */
export type CrmEntity = (typeof CRM_ENTITIES)[number];

/** A tax of the CRM's list. */
export interface TaxRecord extends Stamped, TaxCopy {}

/** A customer or vendor: a company, a person, or both. */
export interface CustomerRecord extends Stamped {
  company: string | null;
  contact: ContactPerson | null;
  otherContacts: ContactPerson[];
  phone: string | null;
  taxNumber: string | null;
  /** Null: the base currency. */
  currency: string | null;
  billingAddress: PostalAddress | null;
  address: PostalAddress | null;
  active: boolean;
}

/** An item of the catalogue. */
export interface ItemRecord extends Stamped {
  code: string | null;
  name: string;
  description: string | null;
  /** Net, two decimals. */
  price: string;
  taxes: TaxCopy[];
}

/** A sales invoice; every amount has two decimals. */
export interface InvoiceRecord extends Stamped {
  /** Null while it is a draft. */
  number: string | null;
  reference: string | null;
  customerId: string;
  date: string;
  dueDate: string | null;
  currency: string;
  status: 'draft' | 'open' | 'cancelled';
  /** Whether the customer was given it; absent: not. */
  sent?: boolean | undefined;
  lines: LineRecord[];
  discount: DiscountRecord | null;
  adjustment: string;
  subtotal: string;
  totalTax: string;
  total: string;
  /** What its payments come to. */
  paid: string;
  /** What was applied to it of credit notes. */
  credited: string;
}

/** Money received for one invoice. */
export interface PaymentRecord extends Stamped {
  invoiceId: string;
  date: string;
  amount: string;
  currency: string;
  /** The id of a payment mode. */
  mode: string;
  transactionId: string | null;
}

/** The record of each entity, as it is stored and as it goes over the wire. */
export interface CrmRecords {
  taxes: TaxRecord;
  customers: CustomerRecord;
  vendors: CustomerRecord;
  items: ItemRecord;
  invoices: InvoiceRecord;
  'credit-notes': CreditNoteRecord;
  'credit-applications': CreditApplicationRecord;
  payments: PaymentRecord;
  refunds: RefundRecord;
  expenses: ExpenseRecord;
  'purchase-orders': PurchaseOrderRecord;
}

/** All records of each entity, oldest first. */
export type RecordLists = { [E in CrmEntity]: CrmRecords[E][] };
