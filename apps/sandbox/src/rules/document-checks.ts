import type { DocumentLine, LinedDocument } from '../books/records.js';
import type { RuleContext } from './context.js';
import { lineProblems } from './document-lines.js';
import { HAS_PAYMENT } from './document-status.js';
import type { LineRules } from './line-rules.js';
import { refuse } from '../wire/refusal.js';

/** What is wrong with the parts that all documents share; `complete` when the document is being approved. */
export function documentProblems(
  { tenant }: RuleContext,
  document: LinedDocument,
  { complete, rules }: { complete: boolean; rules: LineRules },
): (string | false)[] {
  return [
    document.reference.length > 255 && 'The Reference must not exceed 255 characters',
    !tenant.currencies.get(document.currencyCode) &&
      `Organisation is not subscribed to currency ${document.currencyCode}`,
    complete && document.lines.length === 0 && 'One or more line items must be specified',
    ...document.lines.flatMap((line) => lineProblems(tenant, line, complete && rules.accounts === 'needed')),
  ];
}

/** What is wrong with a number of a document: `label` is what Xero calls it. */
export const numberProblems = (label: string, number: string): (string | false)[] => [
  number.length > 255 && `The ${label} must not exceed 255 characters`,
  !/^[\x20-\x7e]*$/.test(number) && `The ${label} must contain printable ASCII characters only`,
];

/** What is wrong with the link to the source of a document. */
export const urlProblems = (url: string | null): (string | false)[] => [
  url !== null && /xero/i.test(url) && "The Url must not contain the word 'xero'",
  url !== null && !URL.canParse(url) && 'The Url is not a valid, absolute address',
];

/** Refuses to change amounts of a document that is paid or credited: only texts, accounts and dates due may change. */
export function checkPaidEdit(before: LinedDocument, after: LinedDocument): void {
  if (frame(before) !== frame(after) || before.lines.length !== after.lines.length) refuse(HAS_PAYMENT);
  for (const line of after.lines) {
    const old = before.lines.find(({ id }) => id === line.id);
    if (!old)
      refuse('To update fields on a paid invoice line item, you must supply a LineItemID', HAS_PAYMENT);
    if (amounts(old) !== amounts(line)) refuse(HAS_PAYMENT);
  }
}

const frame = ({ date, lineAmountTypes, currencyCode, currencyRate, total }: LinedDocument): string =>
  JSON.stringify([date, lineAmountTypes, currencyCode, Number(currencyRate), total]);

const amounts = (line: DocumentLine): string =>
  JSON.stringify([
    line.quantity,
    line.unitAmount,
    line.lineAmount,
    line.taxAmount,
    line.taxType,
    line.itemCode,
  ]);
