import type { RecordView } from '@sync/engine';
import { FALLBACK_SUPPLIER } from '../same-books.js';
import type { LedgerDocument } from '../sandbox-control.js';
import { type BothBooks, COMPARED, crmKey, xeroKey } from './both-books.js';

const PEOPLE: ReadonlySet<string> = new Set(['customers', 'vendors']);

/** What has to agree, to the cent. */
const AMOUNTS = ['total', 'paid', 'due'] as const;

/** In words, each way in which the sides do not agree and nobody says why. */
export function disagreements(books: BothBooks): string[] {
  const records = books.records.filter(
    ({ entity, label }) => COMPARED.includes(entity) && label !== FALLBACK_SUPPLIER,
  );
  // People may share a contact, where somebody merged them.
  const documents = documentsAmong(books);
  return [
    ...records.flatMap((record) => differences(books, record)),
    ...unknown(books.crm, new Set(records.map(crmKey)), 'the CRM'),
    ...unknown(books.xero, new Set(books.records.map(xeroKey)), 'Xero'),
    ...twice(records.filter(({ crmId }) => crmId !== null).map(crmKey)),
    ...twice(documents.filter(countsInCrm(books)).map(xeroKey)),
  ];
}

/** What is not a person, nor made up from lines: each of these was made by somebody on one side. */
export function documentsAmong({ records }: BothBooks): RecordView[] {
  return records.filter(({ entity }) => COMPARED.includes(entity) && !PEOPLE.has(entity));
}

function isWhole({ crmId, xeroId }: RecordView): boolean {
  return crmId !== null && xeroId !== null;
}

function countsInCrm({ crm }: BothBooks) {
  return (record: RecordView) => isWhole(record) && crm.has(crmKey(record));
}

function differences(books: BothBooks, record: RecordView): string[] {
  if (books.reasons.has(record.id)) return [];
  const [inCrm, inXero] = [books.crm.get(crmKey(record)), books.xero.get(xeroKey(record))];
  const name = `${record.entity} ${record.label ?? ''} (${record.crmId} = ${record.xeroId}, ${record.status})`;
  if (inCrm && inXero) return amountsOf(books, { record, name, inCrm, inXero });
  const side = inCrm ? 'the CRM' : 'Xero';
  const isExcused = (record.status === 'excluded' && !isWhole(record)) || books.dormant.has(crmKey(record));
  return (inCrm || inXero) && !isExcused ? [`${name} is in ${side} only`] : [];
}

interface Pair {
  record: RecordView;
  name: string;
  inCrm: LedgerDocument;
  inXero: LedgerDocument;
}

function amountsOf(books: BothBooks, { record, name, inCrm, inXero }: Pair): string[] {
  const settled = isSettlementOpen(books, record) ? AMOUNTS.slice(0, 1) : AMOUNTS;
  const amounts = settled.filter((amount) => inCrm[amount] !== inXero[amount]);
  const isNamed = PEOPLE.has(record.entity) && !isShared(books, record);
  // Xero has no two active contacts of one name: the second one's bears its id.
  const names = [inCrm.name, `${inCrm.name} (${record.crmId})`];
  const misnamed = isNamed && !names.includes(inXero.name) ? (['name'] as const) : [];
  return [...amounts, ...misnamed].map(
    (field) => `${name}: ${field} is ${inCrm[field]} in the CRM, ${inXero[field]} in Xero`,
  );
}

/** Several people of the CRM are one contact since people merged them in Xero: it has the name of one of them. */
function isShared({ records }: BothBooks, record: RecordView): boolean {
  return records.filter((one) => xeroKey(one) === xeroKey(record)).length > 1;
}

/** What is paid of a document cannot agree while a payment of it, or a credit, is set aside. */
function isSettlementOpen(
  { records, reasons, crm, xero }: BothBooks,
  { crmId, xeroId }: RecordView,
): boolean {
  return records.some((one) => {
    if (!reasons.has(one.id)) return false;
    const [inCrm, inXero] = [crm.get(crmKey(one)), xero.get(xeroKey(one))];
    return (
      (crmId !== null && (inCrm?.invoiceId === crmId || inCrm?.creditNoteId === crmId)) ||
      (xeroId !== null && (inXero?.invoiceId === xeroId || inXero?.creditNoteId === xeroId))
    );
  });
}

function unknown(documents: ReadonlyMap<string, LedgerDocument>, known: ReadonlySet<string>, side: string) {
  return [...documents.keys()].filter((key) => !known.has(key)).map((key) => `${key} of ${side} is unknown`);
}

function twice(keys: readonly string[]): string[] {
  const repeated = keys.filter((key, at) => keys.indexOf(key) !== at);
  return repeated.map((key) => `${key} has several halves`);
}
