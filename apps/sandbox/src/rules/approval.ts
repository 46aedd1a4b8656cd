import { mayUser, type RuleContext } from './context.js';

/** Names of `Organisation/Actions` that approve a document. */
export const approvals = {
  ACCREC: 'CreateApprovedInvoice',
  ACCPAY: 'CreateApprovedBill',
  ACCRECCREDIT: 'CreateApprovedInvoice',
  ACCPAYCREDIT: 'CreateApprovedBill',
  PURCHASEORDER: 'CreateApprovedPurchaseOrder',
} as const;

/** The status that a document gets: without the right to approve, Xero takes it and keeps it as a draft. */
export function approvable<S extends string>(
  context: RuleContext,
  action: (typeof approvals)[keyof typeof approvals],
  { wanted, current }: { readonly wanted: S; readonly current?: S },
): S | 'DRAFT' {
  const approves = wanted === 'AUTHORISED' && current !== 'AUTHORISED' && current !== 'PAID';
  return approves && !mayUser(context, action) ? 'DRAFT' : wanted;
}
