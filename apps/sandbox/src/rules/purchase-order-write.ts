import { isId, newId } from '../books/ids.js';
import type { Contact, PurchaseOrder, PurchaseOrderStatus } from '../books/records.js';
import type { ContactInput } from '../wire/inputs.js';
import type { PurchaseOrderInput } from '../wire/document-inputs.js';
import { approvable, approvals } from './approval.js';
import { themeOf } from './branding.js';
import { archivedOnDocument } from './contact-write.js';
import { organisationOf, type RuleContext, today, type Written } from './context.js';
import { dayRate } from './currency-write.js';
import { documentProblems, numberProblems } from './document-checks.js';
import { noLines, relaid } from './documents.js';
import { lineRules } from './line-rules.js';
import { freeNumber } from './numbers.js';
import { firstOrderStatus, nextOrderStatus } from './purchase-order-status.js';
import { refuse, refuseIfAny, UnknownId } from '../wire/refusal.js';

const rules = lineRules.PURCHASEORDER;

/** PUT: makes a new order for a contact that is there already. */
export function createPurchaseOrder(context: RuleContext, input: PurchaseOrderInput): Written<PurchaseOrder> {
  const status = permitted(context, firstOrderStatus(input.Status));
  const contact = supplierOf(context, input.Contact);
  const blank = blankOrder(context, { status, contactId: contact.id });
  const draft = merge(context, blank, { ...input, LineItems: input.LineItems ?? [] });
  return save(context, { ...draft, number: draft.number || freeNumber(context, 'PO-') }, input);
}

function blankOrder(context: RuleContext, given: Pick<PurchaseOrder, 'status' | 'contactId'>): PurchaseOrder {
  const { baseCurrency } = organisationOf(context);
  return {
    ...noLines,
    ...given,
    id: newId(),
    updatedAt: context.books.stamp(),
    number: '',
    reference: '',
    date: today(context),
    lineAmountTypes: 'Exclusive',
    currencyCode: baseCurrency,
    currencyRate: dayRate(context, baseCurrency),
    deliveryDate: null,
    expectedArrivalDate: null,
    deliveryAddress: null,
    attentionTo: null,
    telephone: null,
    deliveryInstructions: null,
    sentToContact: false,
    brandingThemeId: null,
  };
}

/** POST: updates the order that the id, else the number points at (a trap: also one of somebody else), or makes one. */
export function upsertPurchaseOrder(context: RuleContext, input: PurchaseOrderInput): Written<PurchaseOrder> {
  const { purchaseOrders } = context.tenant;
  if (input.PurchaseOrderID !== undefined) {
    const known = purchaseOrders.get(input.PurchaseOrderID.toLowerCase());
    if (!known) throw new UnknownId('purchase order', input.PurchaseOrderID);
    return updatePurchaseOrder(context, known, input);
  }
  const numbered = purchaseOrders.by('number', input.PurchaseOrderNumber ?? '')[0];
  return numbered ? updatePurchaseOrder(context, numbered, input) : createPurchaseOrder(context, input);
}

/** `/PurchaseOrders/{key}`: an id or a number. */
export function purchaseOrderByKey({ tenant }: RuleContext, key: string): PurchaseOrder {
  const { purchaseOrders } = tenant;
  const found = isId(key) ? purchaseOrders.get(key.toLowerCase()) : purchaseOrders.by('number', key)[0];
  if (!found) throw new UnknownId('purchase order', key);
  return found;
}

/** Changes an order by the rules of its status. */
export function updatePurchaseOrder(
  context: RuleContext,
  order: PurchaseOrder,
  input: PurchaseOrderInput,
): Written<PurchaseOrder> {
  const status = permitted(context, nextOrderStatus(order.status, input.Status), order.status);
  const updatedAt = context.books.stamp();
  if (status === 'DELETED')
    return { row: context.tenant.purchaseOrders.put({ ...order, updatedAt, status }), warnings: [] };
  const contactId = input.Contact ? supplierOf(context, input.Contact).id : order.contactId;
  return save(context, { ...merge(context, { ...order, status, contactId }, input), updatedAt }, input);
}

const permitted = (
  context: RuleContext,
  wanted: PurchaseOrderStatus,
  current?: PurchaseOrderStatus,
): PurchaseOrderStatus =>
  approvable(context, approvals.PURCHASEORDER, { wanted, ...(current && { current }) });

// Orders make no contacts and edit none.
function supplierOf({ tenant }: RuleContext, sent: ContactInput | undefined): Contact {
  const byId = sent?.ContactID ? tenant.contacts.get(sent.ContactID.toLowerCase()) : undefined;
  const found = sent?.ContactID ? byId : tenant.contacts.by('number', sent?.ContactNumber ?? '')[0];
  if (!found) refuse('A Contact must be specified for this type of transaction');
  return found.status === 'ACTIVE' ? found : refuse(archivedOnDocument(found));
}

function merge(context: RuleContext, order: PurchaseOrder, input: PurchaseOrderInput): PurchaseOrder {
  const mayBeSent = order.status === 'AUTHORISED' || order.status === 'BILLED';
  return {
    ...relaid(context, order, input, rules),
    number: input.PurchaseOrderNumber || order.number,
    reference: input.Reference ?? order.reference,
    deliveryDate: input.DeliveryDate ?? order.deliveryDate,
    expectedArrivalDate: input.ExpectedArrivalDate ?? order.expectedArrivalDate,
    deliveryAddress: input.DeliveryAddress ?? order.deliveryAddress,
    attentionTo: input.AttentionTo ?? order.attentionTo,
    telephone: input.Telephone ?? order.telephone,
    deliveryInstructions: input.DeliveryInstructions ?? order.deliveryInstructions,
    sentToContact: (input.SentToContact ?? order.sentToContact) && mayBeSent,
    brandingThemeId: input.BrandingThemeID ? themeOf(context, input.BrandingThemeID) : order.brandingThemeId,
  };
}

function save(context: RuleContext, order: PurchaseOrder, input: PurchaseOrderInput): Written<PurchaseOrder> {
  const { purchaseOrders } = context.tenant;
  const others = purchaseOrders.by('number', order.number).filter(({ id }) => id !== order.id);
  refuseIfAny([
    others.length > 0 && 'Order number must be unique',
    ...numberProblems('Purchase Order Number', order.number),
    ...documentProblems(context, order, { complete: true, rules }),
    (order.deliveryInstructions?.length ?? 0) > 500 && 'DeliveryInstructions must not exceed 500 characters',
    Number(order.total) < 0 && 'The purchase order total must be greater than or equal to zero',
    ...(input.LineItems ?? []).map(
      ({ Quantity, UnitAmount, LineAmount, ItemCode, LineItemID }) =>
        Quantity !== undefined &&
        [UnitAmount, LineAmount, ItemCode, LineItemID].every((one) => one === undefined) &&
        'The UnitAmount must be specified for a line with a Quantity',
    ),
  ]);
  const unsent = input.SentToContact === true && !order.sentToContact;
  return {
    row: purchaseOrders.put(order),
    warnings: unsent ? ['Only AUTHORISED and BILLED purchase orders may have SentToContact updated.'] : [],
  };
}
