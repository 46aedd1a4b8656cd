import type { Definitions } from '@sync/engine';
import { billPayments } from './bill-payments/definition.js';
import { bills } from './bills/definition.js';
import { creditApplications } from './credit-applications/definition.js';
import { creditNotes } from './credit-notes/definition.js';
import { customers } from './customers/definition.js';
import { expenses } from './expenses/definition.js';
import { invoices } from './invoices/definition.js';
import { items } from './items/definition.js';
import { payments } from './payments/definition.js';
import { purchaseOrders } from './purchase-orders/definition.js';
import { refunds } from './refunds/definition.js';
import { taxes } from './taxes/definition.js';
import { vendors } from './vendors/definition.js';

export { itemCode } from './items/definition.js';

/** Every entity that the service keeps in step. */
export const definitions: Definitions = {
  taxes,
  customers,
  vendors,
  items,
  invoices,
  'credit-notes': creditNotes,
  'credit-applications': creditApplications,
  payments,
  refunds,
  expenses,
  bills,
  'bill-payments': billPayments,
  'purchase-orders': purchaseOrders,
};
