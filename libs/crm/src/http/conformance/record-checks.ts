import type { CrmEntity } from '@sync/domain';
import { recordsEnvelope } from '../wire/envelopes.js';
import { decoders } from '../wire/index.js';
import { broken, byProblems, type CheckPlan, kept, untried } from './report.js';
import type { EntitySurvey, Inquiry } from './survey.js';

const UNKNOWN_ID = 'no-such-record-0';

/** Whether the records of an entity are answered for, each in its form. */
export function recordChecks(inquiry: Inquiry, entity: CrmEntity, survey: EntitySurvey): CheckPlan[] {
  const { sample } = survey;
  return [
    {
      name: `records.${entity}.answered`,
      advice:
        'Answer each id once, in "records" or in "missing"; what the listing names and is not deleted must be found.',
      run: () =>
        byProblems(answerProblems(survey), `${sample.records.length} of ${sample.asked.length} read`),
    },
    {
      name: `records.${entity}.shape`,
      advice:
        'Write the record as the contract describes it: amounts as text, days as YYYY-MM-DD, ids as text.',
      run: () => {
        const problems = sample.records.flatMap(({ id, raw }) => {
          const reading = decoders[entity](id, raw);
          return reading.state === 'invalid' ? [`${id}: ${reading.reason}`] : [];
        });
        return byProblems(problems, `${sample.records.length} records`);
      },
    },
    {
      name: `records.${entity}.created-at`,
      advice:
        'Give each record its createdAt: it tells a restored or replaced database from changed records.',
      run: () => {
        if (sample.records.length === 0) return untried('there are no records');
        const without = sample.records.filter(({ id, raw }) => {
          const reading = decoders[entity](id, raw);
          return reading.state === 'found' && reading.birthMark === null;
        });
        return byProblems(
          without.map(({ id }) => `${id} has none`),
          'on every record',
        );
      },
    },
    {
      name: `records.${entity}.unknown-id`,
      advice: 'An id without a record is no error: answer 200, and name it in "missing".',
      run: async () => {
        const answer = await inquiry.ask(`/v1/${entity}?ids=${UNKNOWN_ID}`, recordsEnvelope);
        const right = answer.records.length === 0 && answer.missing.includes(UNKNOWN_ID);
        return right ? kept('named in "missing"') : broken('an unknown id is not named in "missing"');
      },
    },
  ];
}

function answerProblems({ sample }: EntitySurvey): string[] {
  const counts = new Map<string, number>();
  for (const { id } of sample.records) counts.set(id, (counts.get(id) ?? 0) + 1);
  const missing = new Set(sample.missing);
  const asked = new Set(sample.asked);
  const unasked = [...counts.keys()].filter((id) => !asked.has(id)).map((id) => `${id} was not asked for`);
  const wrong = sample.asked.flatMap((id) => {
    if (missing.has(id)) return [`${id} is listed, but missing when read`];
    const count = counts.get(id) ?? 0;
    return count === 1 ? [] : [`${id} is answered ${count} times`];
  });
  return [...wrong, ...unasked];
}
