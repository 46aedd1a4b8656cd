import { decimal, type Expense, money, type PurchaseOrder, sum } from '@sync/domain';
import { referenceEnvelope } from '../wire/envelopes.js';
import { parentCheck, readable, SLACK, type Surveys } from './relations.js';
import { byProblems, type CheckPlan, untried } from './report.js';
import type { Inquiry } from './survey.js';

/** Whether expenses and orders add up, and refer to vendors and categories that there are. */
export function purchaseChecks(inquiry: Inquiry, surveys: Surveys): CheckPlan[] {
  const expenses = readable(surveys, 'expenses');
  const orders = readable(surveys, 'purchase-orders');
  return [
    {
      name: 'expenses.add-up',
      advice: 'total = amount + taxes, each tax computed on the amount and rounded to cents.',
      run: () => byProblems(expenses.flatMap(expenseProblems), `${expenses.length} expenses`),
    },
    {
      name: 'expenses.categories',
      advice: 'Name every category that an expense uses in expenseCategories of /v1/reference.',
      run: async () => {
        if (!surveys.has('expenses')) return untried('this CRM has no expenses');
        const { expenseCategories } = await inquiry.ask('/v1/reference', referenceEnvelope);
        const known = new Set((expenseCategories ?? []).map(({ id }) => id));
        const used = new Set(expenses.map(({ categoryId }) => categoryId));
        const unknown = [...used].filter((id) => !known.has(id));
        return byProblems(
          unknown.map((id) => `category ${id} is not in expenseCategories`),
          `${known.size} categories`,
        );
      },
    },
    parentCheck(surveys, { entity: 'expenses', field: 'vendorId', parents: 'vendors' }),
    {
      name: 'purchase-orders.add-up',
      advice:
        'total = subtotal − discount + totalTax + shippingFee, and subtotal = the lines less their own discounts.',
      run: () => byProblems(orders.flatMap(orderProblems), `${orders.length} purchase orders`),
    },
    parentCheck(surveys, { entity: 'purchase-orders', field: 'vendorId', parents: 'vendors' }),
  ];
}

function expenseProblems({ id, amount, taxes, total }: Expense): string[] {
  const own = taxes.map(({ rate }) => money(decimal(amount).times(rate).div(100)));
  const misses = sum([amount, ...own])
    .minus(total)
    .abs()
    .gt(SLACK);
  return misses ? [`${id}: amount and taxes do not come to its total`] : [];
}

function orderProblems(order: PurchaseOrder): string[] {
  const lines = order.lines.map(({ quantity, unitPrice, discount }) =>
    decimal(money(decimal(quantity).times(unitPrice))).minus(discount),
  );
  const parts = decimal(order.subtotal)
    .minus(order.discountTotal)
    .plus(order.totalTax)
    .plus(order.shippingFee);
  if (sum(lines).minus(order.subtotal).abs().gt(SLACK))
    return [`${order.id}: the lines do not come to its subtotal`];
  if (parts.minus(order.total).abs().gt(SLACK)) return [`${order.id}: the parts do not come to its total`];
  return [];
}
