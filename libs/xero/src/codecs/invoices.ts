import type { IssueCode, Json } from '@sync/domain';
import { NO_TAX_KEY, taxSetKey, taxSetName } from '@sync/domain';
import type { EncodeRequest, EncodeResult, XeroDerived } from '@sync/engine';
import { type Codec, type Refusal, refuse } from './codec.js';
import { decodeInvoice } from './invoice-decode.js';
import type { PricedLine } from './invoice-lines.js';
import { type InvoiceMoney, priceInvoice } from './invoice-money.js';
import { markedReference, markerUrl } from './marker.js';
import { fit, toWire } from './wire-values.js';

type InvoiceRequest = EncodeRequest<'invoices'>;

/** What Xero lets anybody change on an invoice that is paid; sent alone, it touches no amount. */
const HEADER_FIELDS: ReadonlySet<string> = new Set(['number', 'reference', 'dueDate']);

/** Invoices ⇄ ACCREC invoices. The marker is in the Url, or leads the Reference. */
export const invoicesCodec: Codec<'invoices'> = { encode, decode: decodeInvoice };

function encode(request: InvoiceRequest): EncodeResult {
  const priced = priceInvoice(request.record, request.references.allowedCents);
  if (!priced.ok) return priced;
  const missing = unmappedTax(request, priced.lines) ?? missingCustomer(request);
  if (missing !== null) return missing;
  return {
    ok: true,
    element: request.action === 'create' ? created(request, priced.lines) : updated(request, priced.lines),
    expected: expectation(request, priced),
    adjusted: priced.adjusted,
  };
}

function created(request: InvoiceRequest, lines: readonly PricedLine[]): Json {
  return {
    Type: 'ACCREC',
    ...content(request, lines),
    Url: markerUrl(request.references.publicUrl, request.marker) ?? undefined,
    Status: request.references.invoiceStatus,
  };
}

/**
 * An update of some fields never names the status: who approved or voided a document decided that. One of everything
 * makes good what went wrong before, such as an invoice that Xero saved as a draft for want of a right.
 */
function updated(request: InvoiceRequest, lines: readonly PricedLine[]): Json {
  const { changed, xeroId } = request;
  if (changed === null || changed.some((field) => !HEADER_FIELDS.has(field))) {
    const status = changed === null ? { Status: request.references.invoiceStatus } : {};
    return { InvoiceID: xeroId, Type: 'ACCREC', ...content(request, lines), ...status };
  }
  const header = headerOf(request);
  return {
    InvoiceID: xeroId,
    ...(changed.includes('number') && { InvoiceNumber: header.InvoiceNumber }),
    ...(changed.includes('reference') && { Reference: header.Reference }),
    ...(changed.includes('dueDate') && { DueDate: header.DueDate }),
  };
}

function content(
  request: InvoiceRequest,
  lines: readonly PricedLine[],
): { [field: string]: Json | undefined } {
  const { record, references } = request;
  return {
    // More than the id would edit the contact.
    Contact: { ContactID: references.parents.get('customers')?.get(record.customerId) },
    ...headerOf(request),
    Date: record.date,
    CurrencyCode: record.currency,
    LineAmountTypes: 'Exclusive',
    LineItems: lines.map((line) => lineElement(request, line)),
  };
}

function headerOf(request: InvoiceRequest) {
  const { record } = request;
  return {
    InvoiceNumber: record.number ?? undefined,
    Reference: referenceOf(request),
    // Xero approves nothing without a due date.
    DueDate: record.dueDate ?? record.date,
  };
}

/** At most 255 characters; an empty text in an update takes away what was there. */
function referenceOf({ action, record, marker, references }: InvoiceRequest): string | undefined {
  const marked = markerUrl(references.publicUrl, marker) === null;
  const text = fit(marked ? markedReference(marker, record.reference) : (record.reference ?? ''), 255);
  return text === '' && action === 'create' ? undefined : text;
}

function lineElement({ references }: InvoiceRequest, line: PricedLine): Json {
  const itemCode = line.itemId === null ? undefined : references.parents.get('items')?.get(line.itemId);
  return {
    Description: line.description,
    Quantity: toWire(line.quantity.toFixed()),
    UnitAmount: toWire(line.unitAmount.toFixed()),
    AccountCode: references.accounts[line.account],
    TaxType: references.taxTypes.get(line.taxKey),
    ...(itemCode !== undefined && { ItemCode: itemCode }),
    ...(!line.discount.isZero() && { DiscountAmount: toWire(line.discount.toFixed()) }),
    ...(line.taxIsOverridden && { TaxAmount: toWire(line.tax.toFixed()) }),
  };
}

function unmappedTax({ record, references }: InvoiceRequest, lines: readonly PricedLine[]): Refusal | null {
  const key = lines.map(({ taxKey }) => taxKey).find((wanted) => !references.taxTypes.has(wanted));
  if (key === undefined) return null;
  const set = record.lines.find(({ taxes }) => taxSetKey(taxes) === key)?.taxes ?? [];
  const code: IssueCode = 'TAX_NOT_MAPPED';
  return refuse(code, { tax: key === NO_TAX_KEY ? 'No tax' : taxSetName(set), key });
}

function missingCustomer({ record, references }: InvoiceRequest): Refusal | null {
  if (references.parents.get('customers')?.has(record.customerId) === true) return null;
  return refuse('PARENT_NOT_SYNCED', {
    parent: 'customer',
    parentId: record.customerId,
    reason: 'it has no id there',
  });
}

/** A reply with another status tells that the connected user may not approve. */
function expectation(
  { action, changed, references }: InvoiceRequest,
  { total, tax }: Extract<InvoiceMoney, { ok: true }>,
): Partial<XeroDerived> {
  if (action === 'update' && changed !== null) return { total, tax };
  const statuses = { DRAFT: 'draft', SUBMITTED: 'submitted', AUTHORISED: 'approved' } as const;
  return { total, tax, status: statuses[references.invoiceStatus] };
}
