import type { Entity, Json } from '@sync/domain';
import type { Definitions } from '../definition.js';
import { NO_KEYS } from '../identity-keys.js';
import type { IdentityKeys, XeroRecord, XeroReference } from '../ports/xero.js';
import type { MovedClock } from './moved-clock.js';
import { openSession } from './scripted-session.js';
import { type CanonicalRequest, encoded, inCrm, inParts, METHODS, namedIn, voided } from './scripted-wire.js';
import type { Script, ScriptedXero } from './xero-script.js';
import { createXeroShelf } from './xero-shelf.js';

export type { Fate, ScriptedCall, ScriptedXero } from './xero-script.js';
export { bankAccountOf } from './bank-accounts.js';

/** Makes one that takes everything. */
export function createScriptedXero(definitions: Definitions, clock: MovedClock): ScriptedXero {
  const shelf = createXeroShelf(clock);
  const script: Script = { fate: () => 'done', encode: null, list: null, underWay: 0 };
  const xero: ScriptedXero = {
    shelf,
    calls: [],
    most: { underWay: 0, references: 0, listings: 0, reads: 0 },
    room: () => ({ open: true }),
    reference: REFERENCE,
    batchSize: {},
    refuse: () => null,
    bodySize: Number.POSITIVE_INFINITY,
    bankAccounts: [],
    bankAccountFate: 'done',
    closed: 0,
    onWrite: (decide) => {
      script.fate = decide;
    },
    onEncode: (encode) => {
      script.encode = encode;
    },
    onList: (work) => {
      script.list = work;
    },
    batchMax: (entity) => xero.batchSize[entity] ?? 50,
    encode: (request) => script.encode?.(request) ?? encoded(definitions, request),
    canonical: <E extends Entity>(request: CanonicalRequest<E>) => ({ ok: true, record: inCrm(request) }),
    refersTo: (_entity, { owned }) => namedIn(owned),
    listedWith: (entity) =>
      LISTED.find((together) => together.includes(entity))?.toSorted((a) => (a === entity ? -1 : 0)) ?? [
        entity,
      ],
    encodeVoid: (entity, record) => ({
      ok: true,
      element: voided(entity, record) as unknown as Json,
      expected: {},
      adjusted: { taxCents: 0, roundingCents: 0 },
    }),
    compose: ({ entity, action, elements }) =>
      inParts(elements, xero.bodySize).map((indexes) => ({
        method: METHODS[action],
        path: `/${entity}`,
        body: JSON.stringify(indexes.map((index) => elements[index])),
        indexes,
      })),
    idempotencyKey: (connection, batchId) => `${connection.tenantId}:${batchId}`,
    open: async (_connection, stillHeld) => openSession(xero, script, stillHeld),
  };
  return xero;
}

/** What one listing holds. */
const LISTED: readonly (readonly Entity[])[] = [
  ['customers', 'vendors'],
  ['credit-notes', 'credit-applications'],
  ['invoices', 'bills'],
  ['payments', 'refunds', 'bill-payments'],
];

/** A record of Xero, as somebody else made it. */
export function xeroRecord(xeroId: string, keys: Partial<IdentityKeys>, updatedAt: Date): XeroRecord {
  return { xeroId, keys: { ...NO_KEYS, ...keys }, owned: {}, derived: { status: 'active' }, updatedAt };
}

const REFERENCE: XeroReference = {
  organisation: {
    name: 'Acme',
    baseCurrency: 'USD',
    country: 'US',
    lockDate: null,
    shortCode: null,
    demo: false,
  },
  mayApproveInvoices: true,
  accounts: [],
  taxRates: [],
  currencies: ['USD'],
};
