import type { z } from 'zod';
import type { RuleContext, Written } from '../rules/context.js';
import { ElementRefused } from '../wire/refusal.js';
import { readElement } from '../wire/inputs.js';
import { Answered, exception, type Reply, refusedElement } from '../wire/reply.js';
import { type ApiCall, elementsOf, envelope, rulesOf } from './api-call.js';

/** How the elements of one resource are read, saved and shown. */
export interface Writing<S extends z.ZodType, T> {
  readonly name: string;
  readonly idKey: string;
  /** The name under which an element tells whether it was refused. */
  readonly errorFlag: 'HasErrors' | 'HasValidationErrors';
  readonly schema: S;
  readonly save: (context: RuleContext, input: z.output<S>) => Written<T>;
  readonly render: (context: RuleContext, row: T) => Record<string, unknown>;
  /** Whether `summarizeErrors` is known here; single updates do not know it. */
  readonly summarizes?: boolean;
  /** The id in the path, which each element takes on. */
  readonly id?: string | undefined;
  /** How many elements one request may carry, where Xero takes one only. */
  readonly most?: number;
}

type Result = { readonly row: Record<string, unknown>; readonly messages: readonly string[] };

/**
 * Saves a batch. With `summarizeErrors=false` each element has its own result and the answer is 200; else one bad element
 * answers 400 and nothing is saved.
 */
export function writeBatch<S extends z.ZodType, T>(call: ApiCall, writing: Writing<S, T>): Reply {
  const { name, idKey, id, most = 500 } = writing;
  const elements = elementsOf(call, name);
  if (elements.length > most) {
    throw new Answered(
      exception('PostDataInvalidException', 17, `Only ${most} ${name} can be sent in one request`),
    );
  }
  const inputs = elements.map((sent) => (id === undefined ? sent : { ...sent, [idKey]: id }));
  const separate =
    writing.summarizes === true && call.query.get('summarizeErrors')?.toLowerCase() === 'false';
  const results = inputs.map((sent) => writeOne(rulesOf(call), writing, sent, separate));
  const refused = results.filter(({ messages }) => messages.length > 0);
  if (refused.length > 0 && !separate) {
    const rows = refused.map(({ row }) => row);
    throw new Answered(exception('ValidationException', 10, 'A validation exception occurred', rows));
  }
  return envelope(call, { [name]: results.map(({ row }) => row) });
}

function writeOne<S extends z.ZodType, T>(
  context: RuleContext,
  writing: Writing<S, T>,
  sent: Record<string, unknown>,
  separate: boolean,
): Result {
  const { idKey, errorFlag, schema, save, render } = writing;
  try {
    const { row, warnings } = context.books.transact(() => save(context, readElement(schema, sent)));
    const remarks = warnings.length > 0 && { Warnings: warnings.map((Message) => ({ Message })) };
    const status = separate && { StatusAttributeString: remarks ? 'WARNING' : 'OK' };
    return { row: { ...render(context, row), ...remarks, ...status }, messages: [] };
  } catch (error) {
    if (!(error instanceof ElementRefused)) throw error;
    const status = separate && { StatusAttributeString: 'ERROR' };
    const row = { ...refusedElement(sent, idKey, error.messages), [errorFlag]: true, ...status };
    return { row, messages: error.messages };
  }
}
