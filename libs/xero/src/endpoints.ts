import type { Entity } from '@sync/domain';

/** What is particular about an entity's endpoint; all else is the same for every one. */
export interface Endpoint {
  /** The path below `/api.xro/2.0`, which is also the name of the list in bodies. */
  resource: string;
  /** The largest batch of a writing call. */
  batchMax: number;
  paged: boolean;
  /** Whether If-Modified-Since narrows a listing. */
  modifiedSince: boolean;
  listQuery: Readonly<Record<string, string>>;
  writeQuery: Readonly<Record<string, string>>;
}

/** Always explicit: Xero's documents disagree on the default. False: 200, and each element has its own result. */
const EACH_ELEMENT = { summarizeErrors: 'false' };
/** Without it prices of four decimals are stored, and come back, rounded to two. */
const FOUR_DECIMALS = { unitdp: '4' };

/** The endpoint of each entity. */
export const ENDPOINTS: Readonly<Record<Entity, Endpoint>> = {
  taxes: {
    resource: 'TaxRates',
    batchMax: 1,
    paged: false,
    modifiedSince: false,
    listQuery: {},
    writeQuery: {},
  },
  customers: {
    resource: 'Contacts',
    batchMax: 50,
    paged: true,
    modifiedSince: true,
    // Else archiving and merging are never seen.
    listQuery: { includeArchived: 'true' },
    writeQuery: EACH_ELEMENT,
  },
  items: {
    resource: 'Items',
    batchMax: 50,
    paged: false,
    modifiedSince: true,
    listQuery: FOUR_DECIMALS,
    writeQuery: { ...EACH_ELEMENT, ...FOUR_DECIMALS },
  },
  invoices: {
    resource: 'Invoices',
    batchMax: 50,
    paged: true,
    modifiedSince: true,
    listQuery: { ...FOUR_DECIMALS, where: 'Type=="ACCREC"' },
    writeQuery: { ...EACH_ELEMENT, ...FOUR_DECIMALS },
  },
  payments: {
    resource: 'Payments',
    batchMax: 50,
    paged: true,
    modifiedSince: true,
    listQuery: {},
    writeQuery: EACH_ELEMENT,
  },
};

/** The most records that Xero puts on a page. */
export const PAGE_SIZE = 1000;

/** A path with its query, below `/api.xro/2.0`. */
export function pathOf(resource: string, query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? `/${resource}` : `/${resource}?${text}`;
}
