import type { IdentityKeys } from '@sync/engine';

/** Keys of which none applies; each entity fills in its own. */
export const NO_KEYS: IdentityKeys = {
  marker: null,
  number: null,
  name: null,
  email: null,
  taxNumber: null,
  parentXeroId: null,
  currency: null,
  date: null,
  total: null,
};
