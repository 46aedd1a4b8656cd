import { canonicalHash, type Invoice, taxSetKey } from '@sync/domain';
import {
  type Binding,
  decide as decideOn,
  type DecisionState,
  type ParentState,
  parentKey,
} from '@sync/engine';
import { definitions } from '@sync/entities';
import { type Benchmark, elapsedMs, type Sample } from './benchmark.js';
import { generatedInvoices, TAX_SETS } from './generated-invoices.js';

/** What the engine is asked to decide. */
const SITUATIONS = {
  unchanged: (invoice: Invoice) => stateOf(invoice, { binding: bound(invoice) }),
  edited: (invoice: Invoice) =>
    stateOf(invoice, { binding: bound({ ...invoice, reference: 'as it was before' }) }),
  'new': (invoice: Invoice) => stateOf(invoice, {}),
  'customer not in Xero yet': (invoice: Invoice) => stateOf(invoice, { parents: new Map() }),
} as const;

/** The pure decision on invoices, from states as the engine hands them in. */
export const decide: Benchmark = {
  about: 'decide on 10,000 invoices in each of four situations: decisions a second',
  rounds: 7,
  size: 10_000,
  needs: [],
  open: (size) => {
    const invoices = generatedInvoices(size);
    const situations = Object.entries(SITUATIONS).map(([name, state]) => ({
      name,
      states: invoices.map(state),
    }));
    return Promise.resolve({ round: () => decideAll(situations) });
  },
};

async function decideAll(
  situations: readonly { name: string; states: readonly DecisionState<'invoices'>[] }[],
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const { name, states } of situations) {
    const kinds = new Set<string>();
    const ms = await elapsedMs(() => {
      for (const state of states) kinds.add(decideOn(state).kind);
    });
    const figure = `${name}: ${[...kinds].join(', ')}`;
    samples.push({ figure, value: (states.length / ms) * 1000, unit: 'decisions a second' });
  }
  return samples;
}

const NOW = new Date('2026-11-20T12:00:00Z');

function stateOf(invoice: Invoice, change: Partial<DecisionState<'invoices'>>): DecisionState<'invoices'> {
  return {
    definition: definitions.invoices,
    binding: stub(invoice),
    reading: { id: invoice.id, state: 'found', record: invoice, birthMark: null },
    parents: settledParents,
    candidates: [],
    mapped: null,
    facts: { baseCurrency: 'USD', currencies: ['USD'], lockDate: null, toXero: [] },
    flow: { toXero: true, toCrm: false, takesOut: false },
    policies: { conflicts: 'ask', goneFromCrm: 'ask', goneFromXero: 'ask' },
    xero: null,
    choices: [],
    crmSeenAt: NOW,
    ...change,
  };
}

const settledParents = new Map(
  [
    ...Array.from({ length: 200 }, (_, index) => parent('customers', String(index + 1))),
    ...TAX_SETS.map((set) => parent('taxes', taxSetKey(set))),
  ].map((state) => [parentKey(state), state]),
);

function parent(entity: ParentState['entity'], crmId: string): ParentState {
  const settled = {
    status: 'synced',
    live: false,
    issueCode: null,
    xeroSnapshot: null,
    crmHash: null,
  } as const;
  return { entity, crmId, xeroId: `x-${crmId}`, ...settled };
}

function stub(invoice: Invoice): Binding {
  return {
    id: `0197f0a0-0000-7000-8000-${invoice.id.padStart(12, '0')}`,
    organizationId: 'o',
    entity: 'invoices',
    role: 'main',
    crmId: invoice.id,
    xeroId: null,
    generation: 1,
    status: 'pending',
    label: null,
    crmSnapshot: null,
    crmHash: null,
    xeroSnapshot: null,
    xeroHash: null,
    codecVersion: definitions.invoices.codecVersion,
    birthMark: null,
    xeroDerived: null,
    xeroUpdatedAt: null,
    xeroCodecVersion: 0,
    crmWrites: 0,
  };
}

/** Bound, and last agreed in this form. */
function bound(asAgreed: Invoice): Binding {
  const owned = definitions.invoices.owned(asAgreed);
  return {
    ...stub(asAgreed),
    xeroId: `x-${asAgreed.id}`,
    status: 'synced',
    crmSnapshot: owned,
    crmHash: canonicalHash(owned),
  };
}
