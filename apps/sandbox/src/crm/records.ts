/** What the CRM keeps, in the order in which parents come before children. */
export const CRM_ENTITIES = ['taxes', 'customers', 'items', 'invoices', 'payments'] as const;

/** One kind of record. */
export type CrmEntity = (typeof CRM_ENTITIES)[number];

interface Stamped {
  id: string;
  /** ISO moment; never changes in the life of a record. */
  createdAt: string;
  /** ISO moment. */
  updatedAt: string;
}

/** A tax by name and percent, as lines and items carry it. */
export interface TaxCopy {
  name: string;
  /** Percent with two decimals. */
  rate: string;
}

/** A tax of the CRM's list. */
export interface TaxRecord extends Stamped, TaxCopy {}

/** A person at a customer. */
export interface ContactPerson {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
}

/** A postal address; the street may hold HTML line breaks. */
export interface PostalAddress {
  street: string | null;
  city: string | null;
  region: string | null;
  postalCode: string | null;
  country: string | null;
}

/** A customer: a company, a person, or both. */
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

/** A charged line; quantity and net price have two decimals. */
export interface LineRecord {
  itemId: string | null;
  description: string;
  quantity: string;
  price: string;
  taxes: TaxCopy[];
}

/** A discount of the whole document. */
export interface DiscountRecord {
  timing: 'before_tax' | 'after_tax';
  /** Null: a fixed amount. */
  percent: string | null;
  /** What it comes to, positive, two decimals. */
  total: string;
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
  lines: LineRecord[];
  discount: DiscountRecord | null;
  adjustment: string;
  subtotal: string;
  totalTax: string;
  total: string;
  paid: string;
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
  items: ItemRecord;
  invoices: InvoiceRecord;
  payments: PaymentRecord;
}

/** All records of each entity, oldest first. */
export type RecordLists = { [E in CrmEntity]: CrmRecords[E][] };
