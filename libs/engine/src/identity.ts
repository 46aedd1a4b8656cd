import type { IdentityRules } from './definition.js';
import type { IdentityCandidate } from './ports/stores.js';
import type { IdentityKeys } from './ports/xero.js';
import { fallbackVendorName } from './purchases.js';

/** By what a record was recognised. */
type Evidence = 'marker' | 'tax-number' | 'number' | 'facts' | 'email-and-name' | 'name';

/** What the look for a record's other half came to. */
export type IdentityVerdict =
  | { kind: 'none' }
  /** Nothing is it, but the name is held by a contact of ours: a new one needs a distinct name. */
  | { kind: 'none-but-name' }
  | { kind: 'match'; candidate: IdentityCandidate; by: Evidence }
  | { kind: 'archived'; candidate: IdentityCandidate }
  | { kind: 'claimed'; candidate: IdentityCandidate }
  | { kind: 'ambiguous'; count: number }
  | { kind: 'number-differs'; candidate: IdentityCandidate; differences: string[] }
  | { kind: 'name-proposes'; candidate: IdentityCandidate };

interface Search {
  crmId: string;
  keys: IdentityKeys;
  rules: IdentityRules;
  candidates: readonly IdentityCandidate[];
}

/**
 * The ladder of evidence, strongest first: marker, tax number, number, facts, e-mail with name, name. The first rung that
 * holds anything decides; a rung with two never falls through to a weaker one, since a wrong link posts one customer's
 * money to another.
 */
export function matchIdentity(search: Search): IdentityVerdict {
  return (
    byMarker(search) ??
    byTaxNumber(search) ??
    byNumber(search) ??
    byFacts(search) ??
    byEmail(search) ??
    byName(search)
  );
}

function byMarker({ keys, candidates }: Search): IdentityVerdict | null {
  const ours = candidates.filter(
    (candidate) => keys.marker !== null && candidate.keys.marker === keys.marker,
  );
  const live = ours.find((candidate) => candidate.live);
  if (live) return { kind: 'match', candidate: live, by: 'marker' };
  const archived = ours.find((candidate) => candidate.derived.status === 'archived');
  return archived ? { kind: 'archived', candidate: archived } : null;
}

function byTaxNumber(search: Search): IdentityVerdict | null {
  const { keys, rules, candidates } = search;
  const wanted = rules.person ? taxNumber(keys.taxNumber) : null;
  if (wanted === null) return null;
  const found = candidates.filter(
    ({ live, keys: { taxNumber: held } }) => live && taxNumber(held) === wanted,
  );
  return onlyOne(search, found, 'tax-number');
}

function byNumber(search: Search): IdentityVerdict | null {
  const { keys, rules, candidates } = search;
  if (rules.number === 'nothing' || keys.number === null) return null;
  const found = candidates.filter(({ live, keys: { number } }) => live && sameText(number, keys.number));
  const [first] = found;
  if (rules.number === 'twin') return free(found);
  if (!first || rules.number === 'record') return onlyOne(search, found, 'number');
  const agreeing = found.filter((candidate) => differences(keys, candidate.keys).length === 0);
  if (agreeing.length > 0) return onlyOne(search, agreeing, 'number');
  return { kind: 'number-differs', candidate: first, differences: differences(keys, first.keys) };
}

/** Of several that are alike in everything, one that nobody took yet. */
function free(found: readonly IdentityCandidate[]): IdentityVerdict | null {
  const candidate = found.find(({ boundCrmIds }) => boundCrmIds.length === 0);
  return candidate ? { kind: 'match', candidate, by: 'number' } : null;
}

/**
 * A payment that a bookkeeper entered by hand, or that we posted before our database was lost, bears no marker of
 * ours; posted once more, it would be there twice. Of several
 * that are alike in everything, it does not matter which one is taken.
 */
function byFacts({ keys, rules, candidates }: Search): IdentityVerdict | null {
  if (!rules.facts || keys.parentXeroId === null) return null;
  const found = candidates.find(
    ({ live, keys: held, boundCrmIds, markedByUs }) =>
      live && !markedByUs && boundCrmIds.length === 0 && agrees(keys, held),
  );
  return found ? { kind: 'match', candidate: found, by: 'facts' } : null;
}

/** Every fact is known on both sides, but for the currency, which follows the parent. */
function agrees(wanted: IdentityKeys, held: IdentityKeys): boolean {
  const known = [held.parentXeroId, held.date, held.total].every((fact) => fact !== null);
  return known && differences(wanted, held).length === 0;
}

function byEmail(search: Search): IdentityVerdict | null {
  const { keys, rules, candidates } = search;
  if (!rules.person || keys.email === null) return null;
  const found = candidates.filter(
    ({ live, keys: held }) => live && sameText(held.email, keys.email) && sameText(held.name, keys.name),
  );
  return onlyOne(search, found, 'email-and-name');
}

function byName({ crmId, keys, rules, candidates }: Search): IdentityVerdict {
  const found = candidates.filter(
    ({ live, keys: held }) => live && rules.person && sameText(held.name, keys.name),
  );
  const [first] = found;
  // Of the stand-in for unknown suppliers, the name is all there is, and an admin chose it.
  if (first && fallbackVendorName(crmId) !== null) return { kind: 'match', candidate: first, by: 'name' };
  const foreign = found.find(({ boundCrmIds }) => boundCrmIds.every((id) => id === crmId));
  if (foreign) return { kind: 'name-proposes', candidate: foreign };
  return found.length > 0 ? { kind: 'none-but-name' } : { kind: 'none' };
}

function onlyOne(
  { crmId }: Search,
  found: readonly IdentityCandidate[],
  by: Evidence,
): IdentityVerdict | null {
  const [first, second] = found;
  if (!first) return null;
  if (second) return { kind: 'ambiguous', count: found.length };
  const claimed = first.boundCrmIds.some((id) => id !== crmId);
  return claimed ? { kind: 'claimed', candidate: first } : { kind: 'match', candidate: first, by };
}

/** In what a document with the same number differs; a fact that either side does not know is no difference. */
function differences(wanted: IdentityKeys, held: IdentityKeys): string[] {
  const facts: [string, string | null, string | null][] = [
    ['customer', wanted.parentXeroId, held.parentXeroId],
    ['currency', wanted.currency, held.currency],
    ['date', wanted.date, held.date],
    ['total', wanted.total, held.total],
  ];
  return facts.filter(([, a, b]) => a !== null && b !== null && a !== b).map(([name]) => name);
}

function sameText(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && folded(a) === folded(b);
}

function folded(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** Tax numbers are typed with and without spaces, dots and dashes. */
function taxNumber(text: string | null): string | null {
  const bare = text?.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase() ?? '';
  return bare === '' ? null : bare;
}
