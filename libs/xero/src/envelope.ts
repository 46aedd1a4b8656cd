import { type Entity, SyncError } from '@sync/domain';
import type { XeroRecord } from '@sync/engine';
import { z } from 'zod';
import { CODECS } from './codecs/index.js';
import { readMoment } from './codecs/wire-values.js';
import { doubtful, type Intent, jsonOf } from './transport/classify.js';
import type { HttpAnswer } from './transport/exchange.js';

const pagination = z.object({ page: z.number(), pageCount: z.number() });

/** What a good answer holds. */
export interface Envelope {
  elements: unknown[];
  page: { page: number; pageCount: number } | null;
  /** Xero's clock. */
  answeredAt: Date | null;
}

/** Opens a 200 answer; one without its list is no "no rows", but no answer at all. */
export function openEnvelope(answer: HttpAnswer, resource: string, intent: Intent): Envelope {
  const json = jsonOf(answer);
  const elements = json?.[resource];
  if (json === null || !Array.isArray(elements)) {
    throw doubtful(intent, `Xero answered ${answer.status} without the list of ${resource}`);
  }
  const page = pagination.safeParse(json['pagination']);
  const answeredAt = json['DateTimeUTC'];
  return {
    elements,
    page: page.success ? page.data : null,
    answeredAt: typeof answeredAt === 'string' ? readMoment(answeredAt) : dateHeader(answer),
  };
}

function dateHeader({ headers }: HttpAnswer): Date | null {
  const moment = new Date(headers['date'] ?? Number.NaN);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** Reads the records of a listing. One that cannot be read fails the page: left out, it would be made a second time. */
export function readRecords(entity: Entity, elements: readonly unknown[]): XeroRecord[] {
  return elements.map((element) => readRecord(entity, element)).filter((record) => record !== null);
}

/** Reads one record; null: it is none of this entity's. Throws `bug`, and quotes nothing, if it cannot be read. */
export function readRecord(entity: Entity, element: unknown): XeroRecord | null {
  try {
    return CODECS[entity].decode(element);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const fields = error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new SyncError('bug', `Xero sent one of the ${entity} in a form that is not known: ${fields}`, {
      meta: { reason: `Xero's ${entity} have another form than expected (${fields})` },
    });
  }
}
