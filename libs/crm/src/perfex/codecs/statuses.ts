/** Statuses of an invoice as Perfex numbers them. */
export const INVOICE = { unpaid: 1, paid: 2, partlyPaid: 3, overdue: 4, cancelled: 5, draft: 6 } as const;
/** Those of a credit note. */
export const CREDIT_NOTE = { open: 1, closed: 2, void: 3 } as const;
