import type { Ledgers } from '../booking.js';
import type { CrmEntity, CrmRecords } from '../records.js';
import type { Draft } from './common-rules.js';
import { settleApplication, settleCreditNote, settleRefund } from './credit-rules.js';
import { settleExpense, settlePurchaseOrder } from './purchase-rules.js';
import { settleInvoice, settleItem, settlePayment, settlePerson, settleTax } from './sales-rules.js';

/** The record as the CRM takes it, with what it derives; throws a WriteRefusal for what its rules forbid. */
export const RULES: { [E in CrmEntity]: (at: Ledgers, draft: Draft<CrmRecords[E]>) => CrmRecords[E] } = {
  taxes: settleTax,
  customers: settlePerson,
  vendors: settlePerson,
  items: settleItem,
  invoices: settleInvoice,
  'credit-notes': settleCreditNote,
  'credit-applications': settleApplication,
  payments: settlePayment,
  refunds: settleRefund,
  expenses: settleExpense,
  'purchase-orders': settlePurchaseOrder,
};
