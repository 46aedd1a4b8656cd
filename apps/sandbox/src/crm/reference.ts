/** The currency of documents that name no other. */
export const BASE_CURRENCY = 'USD';

/** The currencies of customers abroad, where the seed asks for several. */
export const FOREIGN_CURRENCIES = ['EUR', 'GBP', 'AUD'] as const;

/** How customers pay: three offline ways and one gateway, which is known by its name. */
export const PAYMENT_MODES = [
  { id: '1', name: 'Bank transfer', active: true },
  { id: '2', name: 'Cash', active: true },
  { id: '3', name: 'Cheque', active: true },
  { id: 'stripe', name: 'Stripe Checkout', active: true },
] as const;

/** What expenses are sorted by. */
export const EXPENSE_CATEGORIES = [
  { id: '1', name: 'Advertising' },
  { id: '2', name: 'Travel' },
  { id: '3', name: 'Office Expenses' },
  { id: '4', name: 'Software and Hosting' },
  { id: '5', name: 'Rent' },
  { id: '6', name: 'Telephone and Internet' },
  { id: '7', name: 'Freight and Courier' },
  { id: '8', name: 'Meals and Entertainment' },
] as const;
