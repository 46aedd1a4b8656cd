import type { CanonicalRecord, Entity } from '@sync/domain';
import type { BackReferences, CanonicalResult, XeroRecord } from '@sync/engine';
import { canonical, CODECS } from '../codecs/index.js';
import { backOf } from './back-references.js';
import { CITY, TAX_TYPES, VAT } from './random-documents.js';
import { someReferences } from './references.js';

/** References of an organization that has one of everything in Xero. */
export const references = someReferences({
  parents: new Map<Entity, ReadonlyMap<string, string>>([
    ['customers', new Map([['7', 'contact-7']])],
    ['vendors', new Map([['8', 'contact-8']])],
    ['items', new Map([['3', 'ITEM-3']])],
  ]),
  taxTypes: TAX_TYPES,
  purchaseTaxTypes: TAX_TYPES,
  expenseAccounts: new Map([['travel', '493']]),
  bankAccounts: new Map([['bank', 'account-1']]),
});
/** The same the other way round. */
export const back = backOf(references, {
  taxSets: new Map([
    ['T:VAT', [[VAT]]],
    ['T:City', [[CITY]]],
    ['T:VAT|20', [[VAT]]],
    ['T:City|8.25', [[CITY]]],
    ['T:none', [[]]],
  ]),
});

/** A record of Xero, read from an element of a reply. */
export function held(entity: Entity, element: object): XeroRecord {
  const record = CODECS[entity].decode(element);
  if (record === null) throw new Error('none of these');
  return record;
}

/** What it is in the CRM's terms. */
export function expressed<E extends Entity>(
  entity: E,
  record: XeroRecord,
  base: CanonicalRecord<E> | null = null,
  change: Partial<BackReferences> = {},
): CanonicalResult<E> {
  return canonical<E>({ entity, record, base, references: { ...back, ...change } });
}

/** A line of a document, as Xero sends it. */
export const lineInXero = (change: object) => ({
  Description: 'Hours',
  Quantity: 1,
  UnitAmount: 100,
  LineAmount: 100,
  TaxAmount: 0,
  TaxType: 'NONE',
  AccountCode: '200',
  ...change,
});
