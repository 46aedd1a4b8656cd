import { Decimal } from 'decimal.js';
import type { DocumentLine, LineAmountTypes, LinedDocument } from '../books/records.js';
import type { LinedInput, LineInput } from '../wire/document-inputs.js';
import { money, totalsOf } from './amounts.js';
import type { RuleContext } from './context.js';
import { dayRate } from './currency-write.js';
import { buildLine } from './document-lines.js';
import type { LineRules } from './line-rules.js';
import { refuse } from '../wire/refusal.js';

type Sent = Pick<LinedInput, 'LineAmountTypes' | 'LineItems' | 'CurrencyCode' | 'CurrencyRate' | 'Date'>;

/** What a new document with lines begins with. */
export const noLines = {
  lines: [],
  subTotal: '0.00',
  totalTax: '0.00',
  total: '0.00',
  totalDiscount: '0.00',
} as const;

/**
 * Lays date, currency, mode and lines that were sent over a document, and adds it up anew where they change something.
 * Lines are replaced as a set; those with their id keep what was not sent.
 */
export function relaid<T extends LinedDocument>(
  context: RuleContext,
  document: T,
  input: Sent,
  rules: LineRules,
): T {
  const lineAmountTypes = readMode(input.LineAmountTypes) ?? document.lineAmountTypes;
  const remade = input.LineItems !== undefined || lineAmountTypes !== document.lineAmountTypes;
  const next = {
    ...document,
    ...currencyOf(context, document, input),
    date: input.Date ?? document.date,
    lineAmountTypes,
  };
  if (!remade) return next;
  const lines = input.LineItems ?? document.lines.map(({ id }) => ({ LineItemID: id }));
  return withLines(context, { document: next, lines, rules, wasMode: document.lineAmountTypes });
}

function currencyOf(
  context: RuleContext,
  document: LinedDocument,
  input: Sent,
): Pick<LinedDocument, 'currencyCode' | 'currencyRate'> {
  const currencyCode = input.CurrencyCode?.toUpperCase() ?? document.currencyCode;
  const kept =
    currencyCode === document.currencyCode ? document.currencyRate : dayRate(context, currencyCode);
  return { currencyCode, currencyRate: input.CurrencyRate ?? kept };
}

interface Relaying<T> {
  readonly document: T;
  readonly lines: readonly LineInput[];
  readonly rules: LineRules;
  readonly wasMode: LineAmountTypes;
}

function withLines<T extends LinedDocument>(context: RuleContext, relaying: Relaying<T>): T {
  const { document, rules, wasMode } = relaying;
  const known = new Map(document.lines.map((line) => [line.id, line]));
  const built = relaying.lines.map((input) =>
    buildLine(context, {
      rules,
      input,
      kept: keptLine(known, input),
      mode: document.lineAmountTypes,
      wasMode,
    }),
  );
  const lines = built.map(({ line }) => line);
  const totalDiscount = money(Decimal.sum(0, ...built.map(({ discount }) => discount)));
  return { ...document, lines, ...totalsOf(lines, document.lineAmountTypes), totalDiscount };
}

function keptLine(
  known: ReadonlyMap<string, DocumentLine>,
  { LineItemID: id }: LineInput,
): DocumentLine | undefined {
  if (id === undefined) return undefined;
  return known.get(id.toLowerCase()) ?? refuse(`Line item with ID ${id} could not be found on this document`);
}

function readMode(sent: string | undefined): LineAmountTypes | undefined {
  if (sent === undefined) return undefined;
  const modes: readonly LineAmountTypes[] = ['Exclusive', 'Inclusive', 'NoTax'];
  return (
    modes.find((mode) => mode.toLowerCase() === sent.toLowerCase()) ??
    refuse(`LineAmountTypes '${sent}' is not valid`)
  );
}
