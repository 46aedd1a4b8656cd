import type { EntityDefinition } from '@sync/engine';
import { salesDocument } from '../sales-document.js';

/** What a customer is credited. What of it was used follows from applications and refunds, which are records of their own. */
export const creditNotes: EntityDefinition<'credit-notes'> = {
  ...salesDocument,
  entity: 'credit-notes',
  codecVersion: 1,
  label: ({ number, id }) => number ?? `Credit note ${id}`,
  owned: ({ id: _id, status: _status, applied: _applied, refunded: _refunded, ...fields }) => fields,
  exclusion: ({ status }) => (status === 'open' ? null : 'cancelled'),
  warnings: () => [],
};
