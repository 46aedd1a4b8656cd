import { type Json, money, plain } from '@sync/domain';
import { NO_KEYS, type XeroDerived, type XeroRecord } from '@sync/engine';
import { textOf } from '../wire-values.js';
import type { DocumentWire, LineWire } from './document-wire.js';

const STATUSES: Readonly<Record<string, XeroDerived['status']>> = {
  DRAFT: 'draft',
  SUBMITTED: 'submitted',
  AUTHORISED: 'approved',
  BILLED: 'approved',
  PAID: 'paid',
  VOIDED: 'voided',
  DELETED: 'deleted',
};

/** What of a document's status is not only derived: whether it counts yet, and whether it still does. */
export function stageOf(status: XeroDerived['status']): 'draft' | 'open' | 'void' {
  if (status === 'draft' || status === 'submitted') return 'draft';
  return status === 'voided' || status === 'deleted' ? 'void' : 'open';
}

/** By what any document can be recognised besides its marker. */
export function documentKeys(wire: DocumentWire, number: string | null | undefined): XeroRecord['keys'] {
  return {
    ...NO_KEYS,
    number: textOf(number) ?? null,
    parentXeroId: wire.Contact?.ContactID ?? null,
    currency: textOf(wire.CurrencyCode) ?? null,
    date: wire.Date ?? null,
    total: amountOf(wire.Total) ?? null,
  };
}

/** What any document owns. */
export function documentFields(
  wire: DocumentWire,
  reference: string | null | undefined,
): XeroRecord['owned'] {
  return {
    reference,
    contactXeroId: wire.Contact?.ContactID,
    date: wire.Date,
    currency: textOf(wire.CurrencyCode),
    lineAmountTypes: textOf(wire.LineAmountTypes),
    stage: wire.Status ? stageOf(statusOf(wire.Status)) : undefined,
    lines: wire.LineItems?.map(lineOf),
  };
}

/** LineAmount stands for the discount too, however it was entered. */
function lineOf(line: LineWire): Json {
  return {
    description: textOf(line.Description) ?? null,
    quantity: exact(line.Quantity) ?? null,
    unitAmount: exact(line.UnitAmount) ?? null,
    amount: amountOf(line.LineAmount) ?? null,
    tax: amountOf(line.TaxAmount) ?? null,
    taxType: textOf(line.TaxType) ?? null,
    accountCode: textOf(line.AccountCode) ?? null,
    itemCode: textOf(line.ItemCode) ?? null,
  };
}

/** What Xero derives: amounts that a reply leaves out are unknown. */
export function derivedOf(
  wire: DocumentWire,
  more: { readonly [name in keyof XeroDerived]?: XeroDerived[name] | undefined } = {},
): XeroDerived {
  const amounts = { total: amountOf(wire.Total), tax: amountOf(wire.TotalTax), ...more };
  const known = Object.entries(amounts).filter(([, value]) => value !== undefined);
  return { status: statusOf(wire.Status), ...Object.fromEntries(known) };
}

/** A status that Xero adds one day must not read as approved. */
function statusOf(status: string | null | undefined): XeroDerived['status'] {
  return STATUSES[status ?? ''] ?? 'draft';
}

/** An amount with two decimals; undefined when the reply leaves it out. */
export function amountOf(value: string | null | undefined): string | undefined {
  return typeof value === 'string' ? money(value) : undefined;
}

function exact(value: string | null | undefined): string | undefined {
  return typeof value === 'string' ? plain(value) : undefined;
}
