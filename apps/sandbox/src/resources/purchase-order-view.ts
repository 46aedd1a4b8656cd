import type { PurchaseOrder } from '../books/records.js';
import type { RuleContext } from '../rules/context.js';
import { present } from '../wire/values.js';
import { orderedContact } from './contact-view.js';
import { contactOf, dayView, documentBody } from './document-view.js';
import { plainLine } from './line-view.js';

type View = Record<string, unknown>;

/** A purchase order as the answer to a write shows it. */
export const writtenOrder = (context: RuleContext, order: PurchaseOrder): View =>
  present({
    ...view(context, order, true),
    TotalDiscount: Number(order.totalDiscount),
    SentToContact: order.sentToContact,
  });

/** A purchase order in a list, which always has its lines. */
export const listedOrder = (context: RuleContext, order: PurchaseOrder): View =>
  present({
    ...view(context, order, false),
    SentToContact: order.sentToContact || null,
    HasAttachments: false,
  });

const view = (context: RuleContext, order: PurchaseOrder, written: boolean): View => ({
  PurchaseOrderID: order.id,
  PurchaseOrderNumber: order.number,
  Reference: order.reference || null,
  Type: 'PURCHASEORDER',
  ...documentBody(order),
  ...dayView('DeliveryDate', order.deliveryDate),
  ...dayView('ExpectedArrivalDate', order.expectedArrivalDate),
  DeliveryAddress: order.deliveryAddress,
  AttentionTo: order.attentionTo,
  Telephone: order.telephone,
  DeliveryInstructions: order.deliveryInstructions,
  HasErrors: false,
  IsDiscounted: Number(order.totalDiscount) !== 0,
  CurrencyRate: Number(order.currencyRate),
  BrandingThemeID: order.brandingThemeId,
  Contact: orderedContact(contactOf(context, order), written),
  LineItems: order.lines.map((line) => plainLine(context, line, written)),
});
