import { changeInCrm, makeInCrm, settleInCrm } from './acts.js';
import { anyOf, type Desk, isOpen, isUnpaid, type WeightedEdits } from './edits.js';

const newLines = (desk: Desk) => ({ lines: [lineOf(desk)], discount: null, adjustment: '0.00' });

/** What people do with customers, invoices and payments in the CRM. */
const SALES: WeightedEdits = [
  [2, (desk) => makeInCrm(desk, 'customers', { company: `Crm Company ${desk.n}` })],
  [3, (desk) => changeInCrm(desk, 'customers', { phone: `+1 503 555 ${desk.random.int(1000, 9999)}` })],
  [1, (desk) => changeInCrm(desk, 'customers', { company: `Renamed in the CRM ${desk.n}` })],
  [4, (desk) => makeInCrm(desk, 'invoices', { reference: `Crm ${desk.n}` })],
  [3, (desk) => changeInCrm(desk, 'invoices', { reference: `Crm edit ${desk.n}` })],
  [3, (desk) => changeInCrm(desk, 'invoices', newLines(desk), isUnpaid)],
  [3, (desk) => settleInCrm(desk, 'payments', 'pay', anyOf(desk, 'invoices', isOpen))],
  [4, (desk) => settleInCrm(desk, 'payments', 'part-pay', anyOf(desk, 'invoices', isOpen))],
];

const CREDITS: WeightedEdits = [
  [2, (desk) => makeInCrm(desk, 'credit-notes', { reference: `Crm ${desk.n}` })],
  [1, (desk) => changeInCrm(desk, 'credit-notes', { reference: `Crm edit ${desk.n}` })],
  [2, (desk) => settleInCrm(desk, 'refunds', 'refund', anyOf(desk, 'credit-notes', isOpen))],
  [2, (desk) => settleInCrm(desk, 'credit-applications', 'apply', anyOf(desk, 'credit-notes', isOpen))],
];

const PURCHASES: WeightedEdits = [
  [1, (desk) => makeInCrm(desk, 'vendors', { company: `Crm Vendor ${desk.n}` })],
  [2, (desk) => makeInCrm(desk, 'expenses', { reference: `Crm ${desk.n}` })],
  [1, (desk) => changeInCrm(desk, 'expenses', { amount: desk.random.amount(100, 9_000) })],
  [1, (desk) => makeInCrm(desk, 'purchase-orders', { reference: `Crm ${desk.n}` })],
  [1, (desk) => changeInCrm(desk, 'purchase-orders', { reference: `Crm edit ${desk.n}` })],
];

/** What is taken back, void or gone. */
const REMOVALS: WeightedEdits = [
  [1, (desk) => changeInCrm(desk, 'invoices', 'cancel', isUnpaid)],
  [1, (desk) => changeInCrm(desk, 'invoices', 'delete')],
  [1, (desk) => changeInCrm(desk, 'payments', 'delete')],
  [1, (desk) => changeInCrm(desk, 'credit-notes', 'void')],
  [1, (desk) => changeInCrm(desk, 'refunds', 'delete')],
  [1, (desk) => changeInCrm(desk, 'credit-applications', 'delete')],
  [1, (desk) => changeInCrm(desk, 'customers', { active: false })],
  [1, (desk) => changeInCrm(desk, 'customers', 'delete')],
  [1, (desk) => changeInCrm(desk, 'expenses', 'delete')],
];

/** What people do in the CRM, and how often. */
export const CRM_EDITS: WeightedEdits = [...SALES, ...CREDITS, ...PURCHASES, ...REMOVALS];

function lineOf({ random, n }: Desk) {
  const [quantity, price] = [String(random.int(1, 9)), random.amount(100, 20_000)];
  return { itemId: null, description: `Work ${n}`, quantity, price, taxes: [] };
}
