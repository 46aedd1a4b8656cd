import type { Binding } from './ports/stores.js';

/**
 * Our own reference, as it is written into the Xero record. The generation tells apart a record that was deleted and
 * made again; the first one has none, since most records have only one.
 */
export function markerOf(binding: Pick<Binding, 'id' | 'generation'>): string {
  return binding.generation === 1 ? binding.id : `${binding.id}.${binding.generation}`;
}
