import type { Json } from '@sync/domain';
import type { EncodeRequest, References, XeroDerived } from '@sync/engine';
import type { DocumentMoney } from '../money/price-document.js';
import { bookedReference, type Booking } from '../moved-date.js';

type Fields = { readonly [field: string]: Json | undefined };

/** What a document's element is made of. */
export interface DocumentParts {
  /** The field that holds the id. */
  id: string;
  /** Wire fields by the record's field that they stand for: what Xero lets anybody change on a document that is paid. */
  header: { readonly [field: string]: Fields };
  /** Everything else, lines included. */
  content: Fields;
  /** The status of a new one. */
  status: string;
  /** What only a new one says. */
  created?: Fields;
}

/**
 * A document's element. Fields of the header are sent alone where nothing else changed, so that they touch no amount.
 * An update of some fields never names the status: who approved or voided a document decided that. One of everything
 * makes good what went wrong before, such as an invoice that Xero saved as a draft for want of a right.
 */
export function documentElement({ action, changed, xeroId }: EncodeRequest, parts: DocumentParts): Json {
  const { id, header, content, status, created } = parts;
  const whole = { ...content, ...fieldsOf(Object.values(header)) };
  if (action === 'create') return { ...whole, ...created, Status: status };
  const anew = changed === null || changed.includes('status');
  if (anew || changed.some((field) => header[field] === undefined)) {
    return { [id]: xeroId, ...whole, ...(anew && { Status: status }) };
  }
  return { [id]: xeroId, ...fieldsOf(changed.map((field) => header[field] ?? {})) };
}

function fieldsOf(parts: readonly Fields[]): Fields {
  return Object.assign({}, ...parts) as Fields;
}

/** Our marker first where it must be there; an empty text in an update takes away what was. */
export function referenceOf(
  { action, marker }: EncodeRequest,
  reference: string | null,
  { marked, note }: { marked: boolean } & Pick<Booking, 'note'>,
): string | undefined {
  const text = bookedReference(marked ? marker : null, reference, { note });
  return text === '' && action === 'create' ? undefined : text;
}

const STATUSES = { DRAFT: 'draft', SUBMITTED: 'submitted', AUTHORISED: 'approved' } as const;

/** A reply with another status tells that the connected user may not approve. */
export function expectationOf(
  { action, changed }: EncodeRequest,
  { total, tax }: Extract<DocumentMoney, { ok: true }>,
  status: References['invoiceStatus'],
): Partial<XeroDerived> {
  const named = action === 'create' || changed === null || changed.includes('status');
  return { total, tax, ...(named && { status: STATUSES[status] }) };
}
