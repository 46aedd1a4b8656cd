import type { Json, PurchaseOrder } from '@sync/domain';
import type { CanonicalResult, EncodeRequest, EncodeResult, XeroDerived, XeroRecord } from '@sync/engine';
import { z } from 'zod';
import { ownedText } from '../canonical.js';
import { type CanonicalRequest, type Codec, missingParent, type Refusal } from '../codec.js';
import { splitReference } from '../marker.js';
import type { PricedLine } from '../money/priced-line.js';
import { pricePurchaseOrder } from '../money/purchase-order-money.js';
import { textOf, wireDay, wireText } from '../wire-values.js';
import { documentRefersTo, headerOf } from './document-canonical.js';
import { derivedOf, documentFields, documentKeys, stageOf } from './document-decode.js';
import { documentElement, expectationOf, referenceOf } from './document-element.js';
import { documentWire } from './document-wire.js';
import { lineElement, unmappedPurchaseTax } from './line-element.js';
import { orderMoney } from './order-canonical.js';

const orderWire = documentWire.extend({
  PurchaseOrderID: z.string(),
  PurchaseOrderNumber: wireText,
  DeliveryDate: wireDay,
});

type OrderRequest = EncodeRequest<'purchase-orders'>;

/** Purchase orders ⇄ PurchaseOrders. They have no Url, so the Reference begins with the marker. */
export const purchaseOrdersCodec: Codec<'purchase-orders'> = {
  encode,
  decode,
  canonical,
  refersTo: (record) => documentRefersTo(record, 'vendors'),
};

function encode(request: OrderRequest): EncodeResult {
  const { record, references } = request;
  const priced = pricePurchaseOrder(record, references.allowedCents);
  if (!priced.ok) return priced;
  const missing = missingFor(request, priced.lines);
  if (missing !== null) return missing;
  const status = record.status === 'approved' ? 'AUTHORISED' : 'DRAFT';
  const element = documentElement(request, {
    id: 'PurchaseOrderID',
    header: {
      number: { PurchaseOrderNumber: record.number ?? undefined },
      reference: { Reference: referenceOf(request, record.reference, { marked: true, note: null }) },
      deliveryDate: { DeliveryDate: record.deliveryDate ?? undefined },
    },
    content: contentOf(request, priced.lines),
    status,
  });
  const expected = expectationOf(request, priced, status);
  return { ok: true, element, expected, adjusted: priced.adjusted };
}

function missingFor({ record, references }: OrderRequest, lines: readonly PricedLine[]): Refusal | null {
  const sets = record.lines.map(({ taxes }) => taxes);
  const unmapped = unmappedPurchaseTax(lines, references.purchaseTaxTypes, sets);
  if (unmapped !== null) return unmapped;
  const known = references.parents.get('vendors')?.has(record.vendorId) === true;
  return known ? null : missingParent('vendor', record.vendorId);
}

function contentOf({ record, references }: OrderRequest, lines: readonly PricedLine[]) {
  const names = { ...references, taxTypes: references.purchaseTaxTypes };
  const content: { [field: string]: Json | undefined } = {
    Contact: { ContactID: references.parents.get('vendors')?.get(record.vendorId) },
    Date: record.date,
    CurrencyCode: record.currency,
    LineAmountTypes: 'Exclusive',
    LineItems: lines.map((line) => lineElement(names, line)),
  };
  return content;
}

function decode(element: unknown): XeroRecord {
  const order = orderWire.parse(element);
  const { marker, text } = splitReference(order.Reference);
  return {
    xeroId: order.PurchaseOrderID,
    keys: { ...documentKeys(order, order.PurchaseOrderNumber), marker },
    owned: {
      number: textOf(order.PurchaseOrderNumber),
      deliveryDate: order.DeliveryDate,
      ...documentFields(order, text),
    },
    derived: derivedOf(order),
    updatedAt: order.UpdatedDateUTC,
  };
}

function canonical({
  record,
  base,
  references,
}: CanonicalRequest<'purchase-orders'>): CanonicalResult<'purchase-orders'> {
  const known = base && { ...base, contactId: base.vendorId };
  const head = headerOf(record, known, { references, contacts: 'vendors' });
  if (!head.ok) return head;
  const priced = orderMoney(record, base, references);
  if (!priced.ok) return priced;
  const { contactId: vendorId, ...header } = head.header;
  const delivery = ownedText(record, 'deliveryDate');
  return {
    ok: true,
    record: {
      id: base?.id ?? '',
      ...header,
      vendorId,
      deliveryDate: delivery === undefined ? (base?.deliveryDate ?? null) : delivery,
      status: statusOf(record.derived.status, base),
      ...priced.money,
    },
  };
}

/** Xero has no word for an order that was rejected: one that is gone there stays what the CRM calls it. */
function statusOf(status: XeroDerived['status'], base: PurchaseOrder | null): PurchaseOrder['status'] {
  if (stageOf(status) === 'void') return base?.status === 'rejected' ? 'rejected' : 'cancelled';
  return status === 'approved' ? 'approved' : 'open';
}
