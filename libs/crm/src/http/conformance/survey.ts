import { CRM_ENTITIES, type CrmEntity } from '@sync/domain';
import type { z } from 'zod';
import { NOT_THERE, readAnswer } from '../answer.js';
import type { CrmAnswer, CrmTransport } from '../transport.js';
import { changesEnvelope, recordsEnvelope } from '../wire/envelopes.js';

/** What one walk through the changes of an entity gave. */
export interface Walk {
  /** As they came, deleted ones left out. */
  ids: string[];
  deleted: string[];
  pages: number;
  /** The last one. */
  cursor: string;
  /** What the walk stumbled over; the rest of it is missing then. */
  problem: string | null;
}

/** What reading the records of an entity gave. */
export interface Sample {
  asked: string[];
  /** As they came, by their own id. */
  records: { id: string; raw: unknown }[];
  missing: string[];
}

/** What is known of an entity while its checks are made. */
export interface EntitySurvey {
  walk: Walk;
  sample: Sample;
  /** Whether the sample holds every record. */
  complete: boolean;
}

/** Below the base address, such as `/v1/reference`. */
export type Path = `/${string}`;

/** `absent`: the CRM does not have the entity, and need not. */
export type Surveyed = EntitySurvey | Error | 'absent';

/** Asks the CRM, as the adapter would. */
export interface Inquiry {
  get: (path: Path, apiKey?: string | null) => Promise<CrmAnswer>;
  ask: <T>(path: Path, schema: z.ZodType<T>) => Promise<T>;
}

const PAGE = 200;
const SAMPLE_SIZE = 2_000;
const MAX_PAGES = 20_000;
const IDS_A_QUESTION = 50;

/** Questions over a transport. */
export function inquire(transport: CrmTransport, signal: AbortSignal): Inquiry {
  const get: Inquiry['get'] = (path, apiKey) =>
    transport.get({ path, signal, ...(apiKey === undefined ? {} : { apiKey }) });
  return { get, ask: async (path, schema) => readAnswer(`GET ${path}`, await get(path), schema) };
}

/** Walks through the changes of each entity and reads its records, or a sample where there are many. */
export async function surveyAll(inquiry: Inquiry): Promise<Map<CrmEntity, Surveyed>> {
  const surveys = new Map<CrmEntity, Surveyed>();
  for (const entity of CRM_ENTITIES) surveys.set(entity, await surveyOf(inquiry, entity));
  return surveys;
}

/** An entity that cannot be surveyed fails its own checks, not those of the others. */
async function surveyOf(inquiry: Inquiry, entity: CrmEntity): Promise<Surveyed> {
  try {
    const { status } = await inquiry.get(`/v1/${entity}/changes?limit=1`);
    if (status === NOT_THERE) return 'absent';
    const walk = await walkThrough(inquiry, entity);
    const ids = [...new Set(walk.ids)];
    const step = Math.max(1, Math.ceil(ids.length / SAMPLE_SIZE));
    const sample = await readSample(
      inquiry,
      entity,
      ids.filter((_, at) => at % step === 0),
    );
    return { walk, sample, complete: step === 1 };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** One walk, in pages of `limit`, from a cursor or from the beginning. */
export async function walkThrough(
  { ask }: Inquiry,
  entity: CrmEntity,
  limit = PAGE,
  from: string | null = null,
): Promise<Walk> {
  const walk: Walk = { ids: [], deleted: [], pages: 0, cursor: from ?? '', problem: null };
  for (let more = true; more; ) {
    const cursor = walk.cursor === '' ? '' : `&cursor=${encodeURIComponent(walk.cursor)}`;
    const page = await ask(`/v1/${entity}/changes?limit=${limit}${cursor}`, changesEnvelope);
    walk.pages += 1;
    for (const { id, deleted } of page.changes) (deleted === true ? walk.deleted : walk.ids).push(id);
    walk.problem = pageProblem(walk, page, limit);
    more = page.more && walk.problem === null;
    walk.cursor = page.cursor;
  }
  return walk;
}

function pageProblem(walk: Walk, page: z.infer<typeof changesEnvelope>, limit: number): string | null {
  if (page.more && page.cursor === walk.cursor)
    return `page ${walk.pages} says more, but its cursor did not move`;
  if (page.changes.length > limit)
    return `page ${walk.pages} has ${page.changes.length} changes, ${limit} were asked for`;
  return walk.pages >= MAX_PAGES ? `there is no end after ${MAX_PAGES} pages` : null;
}

/** Reads records by their ids. */
export async function readSample(
  { ask }: Inquiry,
  entity: CrmEntity,
  ids: readonly string[],
): Promise<Sample> {
  const sample: Sample = { asked: [...ids], records: [], missing: [] };
  for (let from = 0; from < ids.length; from += IDS_A_QUESTION) {
    const chunk = ids.slice(from, from + IDS_A_QUESTION).map(encodeURIComponent);
    const { records, missing } = await ask(`/v1/${entity}?ids=${chunk.join(',')}`, recordsEnvelope);
    sample.records.push(...records.map((raw) => ({ id: idOf(raw), raw })));
    sample.missing.push(...missing);
  }
  return sample;
}

function idOf(raw: unknown): string {
  const id: unknown = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
  return typeof id === 'string' ? id : '(no id)';
}
