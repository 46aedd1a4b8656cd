import { definitions } from '@sync/entities';
import fc from 'fast-check';
import { NO_KEYS } from './identity-keys.js';
import { matchIdentity } from './identity.js';
import type { IdentityRules } from './definition.js';
import type { IdentityCandidate } from './ports/stores.js';
import type { IdentityKeys } from './ports/xero.js';

const PERSON = definitions.customers.identity;
const RECORD = definitions.items.identity;
const DOCUMENT = definitions.invoices.identity;

const candidate = (
  keys: Partial<IdentityKeys>,
  change: Partial<IdentityCandidate> = {},
): IdentityCandidate => ({
  xeroId: 'x1',
  keys: { ...NO_KEYS, ...keys },
  live: true,
  derived: { status: 'active' },
  owned: {},
  updatedAt: null,
  boundCrmIds: [],
  markedByUs: false,
  ...change,
});

const match = (
  keys: Partial<IdentityKeys>,
  candidates: IdentityCandidate[],
  rules: IdentityRules = PERSON,
  crmId = '1',
) => matchIdentity({ crmId, keys: { ...NO_KEYS, ...keys }, rules, candidates });

/** Few values, so that keys meet. */
const text = fc.constantFrom(null, 'a', 'B', 'a ', 'b');
const anyKeys: fc.Arbitrary<IdentityKeys> = fc.record({
  marker: fc.constantFrom(null, 'm1', 'm2'),
  number: text,
  name: text,
  email: text,
  taxNumber: fc.constantFrom(null, 'GB 1', 'GB1', '2', '-'),
  parentXeroId: fc.constantFrom(null, 'p1', 'p2'),
  currency: fc.constantFrom(null, 'USD', 'EUR'),
  date: fc.constantFrom(null, '2026-01-01', '2026-01-02'),
  total: fc.constantFrom(null, '1.00', '2.00'),
});
const anyCandidate = fc
  .record({
    keys: anyKeys,
    live: fc.boolean(),
    boundCrmIds: fc.subarray(['1', '2', '3']),
    status: fc.constantFrom('active' as const, 'archived' as const, 'deleted' as const),
  })
  .map(({ keys, live, boundCrmIds, status }) => candidate(keys, { live, boundCrmIds, derived: { status } }));
const anyCandidates = fc
  .array(anyCandidate, { maxLength: 5 })
  .map((all) => all.map((one, index) => ({ ...one, xeroId: `x${index}` })));
const anyRules = fc.constantFrom(PERSON, RECORD, DOCUMENT, definitions.payments.identity);

describe('the ladder of identity', () => {
  it('never links a record by its keys to what another record is bound to', () => {
    fc.assert(
      fc.property(anyKeys, anyCandidates, anyRules, (keys, candidates, rules) => {
        const verdict = matchIdentity({ crmId: '1', keys, rules, candidates });
        if (verdict.kind !== 'match' || verdict.by === 'marker') return;
        expect(verdict.candidate.boundCrmIds.filter((id) => id !== '1')).toEqual([]);
      }),
    );
  });

  it('never links two records of the CRM to one of Xero, whichever comes first', () => {
    fc.assert(
      fc.property(anyKeys, anyKeys, anyCandidates, anyRules, (one, other, candidates, rules) => {
        const unmarked = candidates.map((each) => ({ ...each, keys: { ...each.keys, marker: null } }));
        const first = matchIdentity({ crmId: '8', keys: one, rules, candidates: unmarked });
        if (first.kind !== 'match') return;
        const since = unmarked.map((each) =>
          each.xeroId === first.candidate.xeroId
            ? { ...each, boundCrmIds: [...each.boundCrmIds, '8'] }
            : each,
        );
        const second = matchIdentity({ crmId: '9', keys: other, rules, candidates: since });
        if (second.kind === 'match') expect(second.candidate.xeroId).not.toBe(first.candidate.xeroId);
      }),
    );
  });

  it('never links, and never proposes, what is voided, deleted or archived', () => {
    fc.assert(
      fc.property(anyKeys, anyCandidates, anyRules, (keys, candidates, rules) => {
        const dead = candidates.map((each) => ({ ...each, live: false }));
        const { kind } = matchIdentity({ crmId: '1', keys, rules, candidates: dead });
        expect(['none', 'archived']).toContain(kind);
      }),
    );
  });

  it('does not depend on the order in which candidates were read', () => {
    fc.assert(
      fc.property(anyKeys, anyCandidates, anyRules, (keys, candidates, rules) => {
        const there = matchIdentity({ crmId: '1', keys, rules, candidates });
        const back = matchIdentity({ crmId: '1', keys, rules, candidates: candidates.toReversed() });
        expect(back.kind).toBe(there.kind);
        if (there.kind === 'match' && back.kind === 'match' && there.by !== 'marker') {
          expect(back.candidate).toBe(there.candidate);
        }
      }),
    );
  });

  it.each<[string, Partial<IdentityKeys>, Partial<IdentityKeys>, Partial<IdentityRules>]>([
    ['tax number', { taxNumber: 'GB1' }, { email: 'a@b.c', name: 'Acme' }, PERSON],
    ['number', { number: 'A1' }, { name: 'Acme' }, { number: 'record', person: true }],
    ['e-mail and name', { email: 'a@b.c', name: 'Acme' }, { name: 'Acme' }, PERSON],
  ])('does not fall through from two of one %s to a weaker rung', (_rung, strong, weak, rules) => {
    const twice = [candidate(strong, { xeroId: 'x1' }), candidate(strong, { xeroId: 'x2' })];
    const verdict = match({ ...weak, ...strong }, [...twice, candidate(weak, { xeroId: 'x3' })], {
      ...PERSON,
      ...rules,
    });
    expect(verdict).toEqual({ kind: 'ambiguous', count: 2 });
  });

  it('takes the marker before every other key', () => {
    const verdict = match({ marker: 'm1', taxNumber: 'GB1' }, [
      candidate({ taxNumber: 'GB1' }, { xeroId: 'x1' }),
      candidate({ marker: 'm1' }, { xeroId: 'x2' }),
    ]);
    expect(verdict).toMatchObject({ kind: 'match', by: 'marker', candidate: { xeroId: 'x2' } });
  });

  it('says so when the contact that bears the marker is archived', () => {
    const archived = candidate({ marker: 'm1' }, { live: false, derived: { status: 'archived' } });
    expect(match({ marker: 'm1' }, [archived])).toMatchObject({ kind: 'archived' });
  });

  it('reads tax numbers without their punctuation', () => {
    expect(match({ taxNumber: 'gb 123-456.7' }, [candidate({ taxNumber: 'GB1234567' })])).toMatchObject({
      kind: 'match',
      by: 'tax-number',
    });
    expect(match({ taxNumber: ' - ' }, [candidate({ taxNumber: '.' })])).toEqual({ kind: 'none' });
  });

  it('links by e-mail only if the name agrees, and proposes only by a name alone', () => {
    const theirs = [candidate({ email: 'office@acme.example', name: 'Acme  Ltd' })];
    const email = 'Office@acme.example';
    expect(match({ email, name: 'acme ltd' }, theirs)).toMatchObject({ kind: 'match', by: 'email-and-name' });
    expect(match({ email, name: 'Bolt Ltd' }, theirs)).toEqual({ kind: 'none' });
    expect(match({ email: null, name: 'ACME LTD' }, theirs)).toMatchObject({ kind: 'name-proposes' });
  });

  it('takes the contact that bears the name of the stand-in for unknown suppliers, whoever made it', () => {
    const theirs = [candidate({ name: 'Petty cash' }, { boundCrmIds: ['8'] })];
    expect(match({ name: 'petty cash' }, theirs, PERSON, 'fallback|Petty cash')).toMatchObject({
      kind: 'match',
      by: 'name',
    });
    expect(match({ name: 'Petty cash' }, [], PERSON, 'fallback|Petty cash')).toEqual({ kind: 'none' });
  });

  it('asks for a distinct name where the one who has it is another customer of ours', () => {
    const ours = [candidate({ name: 'Acme' }, { boundCrmIds: ['2'] })];
    expect(match({ name: 'acme' }, ours)).toEqual({ kind: 'none-but-name' });
  });

  it.each(['parentXeroId', 'currency', 'date', 'total'] as const)(
    'does not take a document for another that has its number but not its %s',
    (fact) => {
      const facts = { parentXeroId: 'p1', currency: 'USD', date: '2026-01-01', total: '1.00' };
      const keys = { ...facts, number: 'INV-1' };
      const theirs = [candidate({ ...keys, [fact]: 'different' })];
      expect(match(keys, theirs, DOCUMENT)).toMatchObject({
        kind: 'number-differs',
        differences: [expect.any(String)],
      });
      expect(match(keys, [candidate(keys)], DOCUMENT)).toMatchObject({ kind: 'match', by: 'number' });
      expect(match(keys, [candidate({ ...keys, [fact]: null })], DOCUMENT)).toMatchObject({ kind: 'match' });
    },
  );

  describe('of an applied credit', () => {
    const rules = definitions['credit-applications'].identity;
    const keys = { number: 'note/invoice/2026-01-01/1.00' };

    it('takes one of several that are alike, whichever nobody took yet', () => {
      const taken = candidate(keys, { boundCrmIds: ['8'] });
      const free = candidate(keys, { xeroId: 'x2' });
      expect(match(keys, [taken, free], rules)).toMatchObject({
        kind: 'match',
        by: 'number',
        candidate: { xeroId: 'x2' },
      });
      expect(match(keys, [free, free], rules).kind).toBe('match');
    });

    it('is another one where all that are alike are taken or gone', () => {
      expect(match(keys, [candidate(keys, { boundCrmIds: ['8'] })], rules).kind).toBe('none');
      expect(match(keys, [candidate(keys, { live: false })], rules).kind).toBe('none');
      expect(match(keys, [candidate({ number: 'note/other/2026-01-01/1.00' })], rules).kind).toBe('none');
    });
  });

  describe('of a payment', () => {
    const keys = { parentXeroId: 'p1', currency: 'USD', date: '2026-01-01', total: '1.00' };
    const verdict = (held: IdentityCandidate) => match(keys, [held], definitions.payments.identity).kind;

    it('takes one that a bookkeeper entered by hand for what it is, instead of posting it twice', () => {
      expect(verdict(candidate(keys))).toBe('match');
      expect(verdict(candidate({ ...keys, currency: null }))).toBe('match');
      expect(verdict(candidate({ ...keys, marker: 'of a lost database' }))).toBe('match');
    });

    it('takes none that differs in a fact, bears a marker of ours or is another one’s', () => {
      expect(verdict(candidate({ ...keys, date: '2026-01-02' }))).toBe('none');
      expect(verdict(candidate({ ...keys, total: '1.01' }))).toBe('none');
      expect(verdict(candidate({ ...keys, parentXeroId: 'p2' }))).toBe('none');
      expect(verdict({ ...candidate({ ...keys, marker: 'another' }), markedByUs: true })).toBe('none');
      expect(verdict({ ...candidate(keys), boundCrmIds: ['8'] })).toBe('none');
      expect(verdict({ ...candidate(keys), live: false })).toBe('none');
    });
  });
});
