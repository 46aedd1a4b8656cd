import { ENTITIES, type Entity } from '@sync/domain';
import { allocationsOf } from './codecs/payments/credit-applications.js';

/** What is particular about an entity's endpoint; all else is the same for every one. */
export interface Endpoint {
  /** The path below `/api.xro/2.0`, which is also the name of the list in bodies. Entities of one resource are listed together. */
  resource: string;
  /** The largest batch of a writing call. */
  batchMax: number;
  paged: boolean;
  /** Whether If-Modified-Since narrows a listing. */
  modifiedSince: boolean;
  listQuery: Readonly<Record<string, string>>;
  writeQuery: Readonly<Record<string, string>>;
  /** How records are asked for by id: with Xero's own parameter, a filter on this field, or one by one. */
  byIds: 'IDs' | { field: string; guid: boolean } | 'each';
  /** The entity's elements in an element of the listing, where they are parts of it. */
  within?: (element: unknown) => unknown[];
}

/** Always explicit: Xero's documents disagree on the default. False: 200, and each element has its own result. */
const EACH_ELEMENT = { summarizeErrors: 'false' };
/** Without it prices of four decimals are stored, and come back, rounded to two. */
const FOUR_DECIMALS = { unitdp: '4' };

const contacts: Endpoint = {
  resource: 'Contacts',
  batchMax: 50,
  paged: true,
  modifiedSince: true,
  // Else archiving and merging are never seen.
  listQuery: { includeArchived: 'true' },
  writeQuery: EACH_ELEMENT,
  byIds: 'IDs',
};

const payments: Endpoint = {
  resource: 'Payments',
  batchMax: 50,
  paged: true,
  modifiedSince: true,
  listQuery: {},
  writeQuery: EACH_ELEMENT,
  byIds: { field: 'PaymentID', guid: true },
};

/** Sales invoices and bills, which one listing holds. */
const invoices: Endpoint = {
  resource: 'Invoices',
  batchMax: 50,
  paged: true,
  modifiedSince: true,
  listQuery: FOUR_DECIMALS,
  writeQuery: { ...EACH_ELEMENT, ...FOUR_DECIMALS },
  byIds: 'IDs',
};

const creditNotes: Endpoint = {
  resource: 'CreditNotes',
  batchMax: 50,
  paged: true,
  modifiedSince: true,
  listQuery: { ...FOUR_DECIMALS, where: 'Type=="ACCRECCREDIT"' },
  writeQuery: { ...EACH_ELEMENT, ...FOUR_DECIMALS },
  byIds: { field: 'CreditNoteID', guid: true },
};

/** The endpoint of each entity. */
export const ENDPOINTS: Readonly<Record<Entity, Endpoint>> = {
  taxes: {
    resource: 'TaxRates',
    batchMax: 1,
    paged: false,
    modifiedSince: false,
    listQuery: {},
    writeQuery: {},
    byIds: { field: 'TaxType', guid: false },
  },
  customers: contacts,
  vendors: contacts,
  items: {
    resource: 'Items',
    batchMax: 50,
    paged: false,
    modifiedSince: true,
    listQuery: FOUR_DECIMALS,
    writeQuery: { ...EACH_ELEMENT, ...FOUR_DECIMALS },
    byIds: { field: 'ItemID', guid: true },
  },
  invoices,
  'credit-notes': creditNotes,
  'credit-applications': { ...creditNotes, writeQuery: EACH_ELEMENT, within: allocationsOf },
  payments,
  refunds: payments,
  expenses: {
    resource: 'BankTransactions',
    batchMax: 50,
    paged: true,
    modifiedSince: true,
    listQuery: { ...FOUR_DECIMALS, where: 'Type=="SPEND"' },
    writeQuery: { ...EACH_ELEMENT, ...FOUR_DECIMALS },
    byIds: { field: 'BankTransactionID', guid: true },
  },
  bills: invoices,
  'bill-payments': payments,
  'purchase-orders': {
    resource: 'PurchaseOrders',
    batchMax: 50,
    paged: true,
    modifiedSince: true,
    // The one listing whose order Xero does not document; it takes no filter either.
    listQuery: { order: 'UpdatedDateUTC ASC' },
    writeQuery: EACH_ELEMENT,
    byIds: 'each',
  },
};

/** The most records that Xero puts on a page. */
export const PAGE_SIZE = 1000;

/** The entities that one listing holds, this one first. */
export function listedWith(entity: Entity): readonly Entity[] {
  const { resource } = ENDPOINTS[entity];
  const others = ENTITIES.filter((other) => other !== entity && ENDPOINTS[other].resource === resource);
  return [entity, ...others];
}

/** A path with its query, below `/api.xro/2.0`. */
export function pathOf(resource: string, query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? `/${resource}` : `/${resource}?${text}`;
}
