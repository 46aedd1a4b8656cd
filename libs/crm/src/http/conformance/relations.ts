import { type CanonicalRecord, decimal, type CrmEntity, money, sum } from '@sync/domain';
import { referenceEnvelope } from '../wire/envelopes.js';
import { decoders } from '../wire/index.js';
import { byProblems, type CheckPlan, untried } from './report.js';
import type { EntitySurvey, Inquiry } from './survey.js';

/** What is known of each entity that the CRM has. */
export type Surveys = ReadonlyMap<CrmEntity, EntitySurvey>;

/** Cents by which the parts of a healthy document may miss its total. */
export const SLACK = decimal('0.02');

/** The records of the sample that can be read. */
export function readable<E extends CrmEntity>(surveys: Surveys, entity: E): CanonicalRecord<E>[] {
  return (surveys.get(entity)?.sample.records ?? []).flatMap(({ id, raw }) => {
    const reading = decoders[entity](id, raw);
    return reading.state === 'found' ? [reading.record] : [];
  });
}

/** Whether a field names records that the listing names. */
export interface ParentRule<E extends CrmEntity> {
  entity: E;
  /** Such as `invoiceId`; null in a record: none. */
  field: keyof CanonicalRecord<E> & string;
  parents: CrmEntity;
}

/** A check that every parent is there. */
export function parentCheck<E extends CrmEntity>(
  surveys: Surveys,
  { entity, field, parents }: ParentRule<E>,
): CheckPlan {
  return {
    name: `${entity}.${parents}`,
    advice: `${field} must be the id of one of the ${parents} that the listing names.`,
    run: () => {
      if (!surveys.has(entity)) return untried(`this CRM has no ${entity}`);
      const known = new Set(surveys.get(parents)?.walk.ids);
      const strange = idsIn(readable(surveys, entity), field).filter(({ parent }) => !known.has(parent));
      return byProblems(
        strange.map(({ id, parent }) => `${id}: there is no ${parent} among the ${parents}`),
        'all are there',
      );
    },
  };
}

/** A check that what a parent says of its parts is what they come to. */
export function sumCheck(
  surveys: Surveys,
  rule: {
    name: string;
    advice: string;
    parts: 'payments' | 'credit-applications' | 'refunds';
    of: 'invoiceId' | 'creditNoteId';
    said: readonly { id: string; amount: string }[];
  },
): CheckPlan {
  const { name, advice, parts, of, said } = rule;
  const run = () => {
    const survey = surveys.get(parts);
    if (survey === undefined) return untried(`this CRM has no ${parts}`);
    if (!survey.complete) return untried(`there are too many ${parts} to read them all`);
    const records = readable(surveys, parts);
    const sums = sumsBy(idsIn(records, of));
    const wrong = said.filter(({ id, amount }) => amount !== money(sums.get(id) ?? '0'));
    return byProblems(
      wrong.map(({ id }) => `${id} and its ${parts} differ`),
      `${records.length} ${parts}`,
    );
  };
  return { name, advice, run };
}

/** A check that every payment mode in use is one of the reference. */
export function modeCheck(
  inquiry: Inquiry,
  surveys: Surveys,
  entity: 'payments' | 'refunds' | 'expenses',
): CheckPlan {
  return {
    name: `${entity}.modes`,
    advice: 'Name every mode that is used in paymentModes of /v1/reference, gateways and inactive ones too.',
    run: async () => {
      if (!surveys.has(entity)) return untried(`this CRM has no ${entity}`);
      const { paymentModes } = await inquiry.ask('/v1/reference', referenceEnvelope);
      const known = new Set(paymentModes.map(({ id }) => id));
      const used = new Set(idsIn(readable(surveys, entity), 'modeId').map(({ parent }) => parent));
      const unknown = [...used].filter((id) => !known.has(id));
      return byProblems(
        unknown.map((id) => `mode ${id} is not in paymentModes`),
        `${known.size} modes`,
      );
    },
  };
}

interface Child {
  id: string;
  parent: string;
  amount: string;
}

/** What a field of each record names, where it names something; with the amount, where there is one. */
function idsIn(records: readonly object[], field: string): Child[] {
  return records.flatMap((record) => {
    const { id, amount, [field]: parent } = Object(record) as Record<string, string | null>;
    return parent == null ? [] : [{ id: id ?? '', parent, amount: amount ?? '0' }];
  });
}

function sumsBy(children: readonly Child[]): Map<string, string> {
  const sums = new Map<string, string>();
  for (const { parent, amount } of children) {
    sums.set(parent, money(sum([sums.get(parent) ?? '0', amount])));
  }
  return sums;
}
