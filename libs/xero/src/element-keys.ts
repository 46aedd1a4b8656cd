import type { Entity } from '@sync/domain';
import { z } from 'zod';
import { decodeAllocationKey } from './codecs/payments/credit-applications.js';
import { decodeTaxKey } from './codecs/taxes.js';

const text = z.string().min(1).nullish().catch(null);

/** What may name an element, in a request as in a reply; whatever is unreadable is left out. */
const named = z.object({
  ContactID: text,
  InvoiceID: text,
  ItemID: text,
  CreditNoteID: text,
  AllocationID: text,
  PaymentID: text,
  BankTransactionID: text,
  PurchaseOrderID: text,
  TaxType: text,
  ContactNumber: text,
  InvoiceNumber: text,
  CreditNoteNumber: text,
  PurchaseOrderNumber: text,
  Code: text,
  Name: text,
  Url: text,
  Reference: text,
});

type Named = z.infer<typeof named>;

const ZERO_ID = '00000000-0000-0000-0000-000000000000';

interface Names {
  id: keyof Named;
  numbers: readonly (keyof Named)[];
  marker: (element: Named) => string[];
}

const inReference: Names['marker'] = ({ Reference }) => firstToken(Reference);
const inUrlOrReference: Names['marker'] = ({ Url, Reference }) => [
  ...present(Url?.split('/').at(-1)),
  ...firstToken(Reference),
];
const inUrlOrNumber: Names['marker'] = ({ Url, InvoiceNumber }) => [
  ...present(Url?.split('/').at(-1)),
  ...firstToken(InvoiceNumber),
];
const contact: Names = {
  id: 'ContactID',
  numbers: ['Name'],
  marker: ({ ContactNumber }) => present(ContactNumber),
};

/** Where each entity's id and natural keys stand. */
const NAMES: Readonly<Record<Entity, Names>> = {
  taxes: { id: 'TaxType', numbers: ['Name'], marker: () => [] },
  customers: contact,
  vendors: contact,
  items: { id: 'ItemID', numbers: ['Code'], marker: () => [] },
  invoices: { id: 'InvoiceID', numbers: ['InvoiceNumber'], marker: inUrlOrReference },
  'credit-notes': { id: 'CreditNoteID', numbers: ['CreditNoteNumber'], marker: inReference },
  'credit-applications': { id: 'AllocationID', numbers: [], marker: () => [] },
  payments: { id: 'PaymentID', numbers: [], marker: inReference },
  refunds: { id: 'PaymentID', numbers: [], marker: inReference },
  expenses: { id: 'BankTransactionID', numbers: [], marker: inUrlOrReference },
  // Two bills may have one number.
  bills: { id: 'InvoiceID', numbers: [], marker: inUrlOrNumber },
  'bill-payments': { id: 'PaymentID', numbers: [], marker: inReference },
  'purchase-orders': { id: 'PurchaseOrderID', numbers: ['PurchaseOrderNumber'], marker: inReference },
};

/** Natural keys that are made of several fields. */
const MADE_OF_PARTS: { readonly [E in Entity]?: (element: unknown) => string | null } = {
  taxes: decodeTaxKey,
  'credit-applications': decodeAllocationKey,
};

/** The Xero id of an element; null: it has none, or the zeros of a refused create. */
export function xeroIdOf(entity: Entity, element: unknown): string | null {
  const id = read(element)[NAMES[entity].id];
  return id === undefined || id === null || id === ZERO_ID ? null : id;
}

/** All by which an element can be told from others, the surest first. */
export function keysOf(entity: Entity, element: unknown): string[] {
  const id = xeroIdOf(entity, element);
  return [
    ...(id === null ? [] : [idKey(id)]),
    ...NAMES[entity].marker(read(element)).map(markerKey),
    ...naturalKeysOf(entity, element),
  ];
}

/** What names an element besides its id and its marker. */
export function naturalKeysOf(entity: Entity, element: unknown): string[] {
  const fields = read(element);
  return [
    ...present(MADE_OF_PARTS[entity]?.(element)).map(numberKey),
    ...NAMES[entity].numbers.flatMap((name) => present(fields[name])).map(numberKey),
  ];
}

/** The key of a Xero id. */
export function idKey(id: string): string {
  return `id ${id.toLowerCase()}`;
}

/** The key of a marker. */
export function markerKey(marker: string): string {
  return `marker ${marker.toLowerCase()}`;
}

/** The key of a natural key. */
export function numberKey(number: string): string {
  return `number ${number.trim().toLowerCase()}`;
}

function read(element: unknown): Named {
  const parsed = named.safeParse(element);
  return parsed.success ? parsed.data : {};
}

function firstToken(reference: string | null | undefined): string[] {
  return present(reference?.trim().split(/\s+/)[0]);
}

function present(value: string | null | undefined): string[] {
  return value === null || value === undefined || value === '' ? [] : [value];
}
