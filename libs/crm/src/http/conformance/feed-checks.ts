import type { CrmEntity } from '@sync/domain';
import { broken, byProblems, type CheckPlan, kept, untried } from './report.js';
import { type EntitySurvey, type Inquiry, readSample, walkThrough } from './survey.js';

/** Whether the listing of an entity names every record once and goes on from its cursor. */
export function feedChecks(inquiry: Inquiry, entity: CrmEntity, survey: EntitySurvey): CheckPlan[] {
  const { walk } = survey;
  return [
    {
      name: `changes.${entity}.once`,
      advice:
        'Order the listing by a number that is unique for each change, and begin the next page right after the last one of this.',
      run: () =>
        byProblems(
          [...walkProblems(survey), ...repeated(walk.ids)],
          `${walk.ids.length} ids on ${walk.pages} pages`,
        ),
    },
    {
      name: `changes.${entity}.page-size`,
      advice: 'Obey "limit", and give the same records whatever the page size is.',
      run: async () => {
        if (walk.ids.length === 0) return untried('there are no records');
        const limit = Math.max(1, Math.ceil(walk.ids.length / 7));
        const again = await walkThrough(inquiry, entity, Math.min(limit, 1000));
        if (again.problem !== null) return broken(again.problem);
        const found = new Set(again.ids);
        const lost = walk.ids.filter((id) => !found.has(id));
        return byProblems(
          lost.map((id) => `${id} is missing in pages of ${limit}`),
          `the same in pages of ${limit}`,
        );
      },
    },
    {
      name: `changes.${entity}.cursor`,
      advice:
        'A cursor stands for what was read: with the last one, answer only what changed since, and a cursor again.',
      run: async () => {
        const next = await walkThrough(inquiry, entity, 200, walk.cursor);
        const known = new Set(walk.ids);
        const same = next.ids.filter((id) => known.has(id));
        if (same.length === walk.ids.length && same.length > 0)
          return broken('the last cursor begins the listing anew');
        return kept(`${next.ids.length + next.deleted.length} changes since`);
      },
    },
    {
      name: `changes.${entity}.deleted`,
      advice: 'What the listing calls deleted must be "missing" when it is read.',
      run: async () => {
        const alive = new Set(walk.ids);
        const gone = walk.deleted.filter((id) => !alive.has(id)).slice(0, 50);
        if (gone.length === 0) return untried('nothing was deleted');
        const { records } = await readSample(inquiry, entity, gone);
        return byProblems(
          records.map(({ id }) => `${id} is deleted, but read`),
          `${gone.length} deleted ids are missing`,
        );
      },
    },
  ];
}

function walkProblems({ walk }: EntitySurvey): string[] {
  return walk.problem === null ? [] : [walk.problem];
}

function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.flatMap((id) => {
    if (seen.has(id)) return [`${id} is named twice`];
    seen.add(id);
    return [];
  });
}
