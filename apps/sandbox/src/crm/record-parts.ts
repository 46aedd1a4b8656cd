/** What every record has. */
export interface Stamped {
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

/** A person at a customer or vendor. */
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

/** A charged line; quantity and net price have two decimals, or up to four where another program wrote them. */
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
