import type { EntityDefinition } from '@sync/engine';

/** What payments and refunds have in common: both are payments in Xero, which nobody can edit: only made and deleted. */
export const payment = {
  codecVersion: 1,
  derive: () => null,
  owned: ({ id: _id, ...fields }) => fields,
  whenParentExcluded: 'exclude',
  exclusion: () => null,
  dateMoves: true,
  warnings: () => [],
  needs: ({ modeId }) => [{ kind: 'payment-mode', key: modeId, label: modeId }],
  identity: { number: 'nothing', facts: true, person: false },
  uniqueName: () => null,
  editForbidden: 'PAYMENT_CHANGED',
} as const satisfies Partial<EntityDefinition<'payments' | 'refunds'>>;
