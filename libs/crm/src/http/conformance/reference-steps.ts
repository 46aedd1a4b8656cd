import type { CrmReference, ReferenceKind } from '@sync/engine';
import { REFERENCE_PATHS } from '../adding.js';
import { broken, type Finding, kept, untried } from './report.js';
import type { Trial } from './trial.js';

/** Adds an entry twice under one key, the second time by another name: it must be one, by the name that it has. */
export async function addTwice(trial: Trial, kind: ReferenceKind): Promise<Finding> {
  const { crm, signal, mark } = trial;
  const key = `${mark}-${kind}`;
  const before = entriesOf(await crm.reference(signal), kind);
  const first = await crm.addReference({ kind, key, name: `Conformance ${mark}` }, signal);
  if (first.state === 'not-taken') return untried(`this CRM adds none: POST ${REFERENCE_PATHS[kind]}`);
  if (first.state !== 'added') return broken(`it is not added: ${JSON.stringify(first.meta['reason'])}`);
  const second = await crm.addReference({ kind, key, name: `Conformance ${mark} again` }, signal);
  if (second.state !== 'added') return broken('the second time it is not added');
  if (second.id !== first.id) return broken(`added twice under one key, it is ${first.id} and ${second.id}`);
  const after = entriesOf(await crm.reference(signal), kind);
  const made = after.filter(({ id }) => !before.some((known) => known.id === id));
  const [entry] = made;
  return made.length === 1 && entry?.id === first.id && entry.name === `Conformance ${mark}`
    ? kept(`added twice, one entry: ${first.id}`)
    : broken(`the reference names ${made.length} new entries: ${made.map(({ id }) => id).join(', ')}`);
}

function entriesOf(
  { paymentModes, expenseCategories }: CrmReference,
  kind: ReferenceKind,
): readonly { id: string; name: string }[] {
  return kind === 'payment-mode' ? paymentModes : expenseCategories;
}
