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
