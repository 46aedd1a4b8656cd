import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../wire/refusal.js';
import type { ActRequest, Acts } from './act.js';
import { contact } from './contacts.js';
import { advanceActs, allocation, creditNote } from './credits.js';
import { invoiceActs } from './invoices.js';
import { entityNamed } from './names.js';
import { organisation } from './organisation.js';
import { batchPayment, payment } from './payments.js';
import { bankTransaction, purchaseOrder } from './purchases.js';
import { account, currency, item, tax, theme, tracking } from './settings.js';

export { actRequest } from './act.js';

const entities: Readonly<Record<string, Acts>> = {
  organisation,
  contact,
  item,
  invoice: invoiceActs('ACCREC'),
  bill: invoiceActs('ACCPAY'),
  creditnote: creditNote,
  allocation,
  overpayment: advanceActs('overpayment'),
  prepayment: advanceActs('prepayment'),
  payment,
  batchpayment: batchPayment,
  banktransaction: bankTransaction,
  purchaseorder: purchaseOrder,
  account,
  tax,
  currency,
  tracking,
  theme,
};

/** Does it, by the same rules that hold for the API wherever a person is bound by them too. Returns the changed record. */
export function actInXero(context: RuleContext, request: ActRequest): unknown {
  const entity = entityNamed(request.entity);
  const acts = Object.hasOwn(entities, entity) ? entities[entity] : undefined;
  if (!acts) refuse(`entity must be one of ${Object.keys(entities).join(', ')}`);
  const name = request.action.toLowerCase().replaceAll(/[^a-z]/g, '');
  const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (!act) refuse(`action of ${request.entity} must be one of ${Object.keys(acts).join(', ')}`);
  return act({ context, entity, key: request.id ?? request.number ?? '', fields: request.fields });
}
