import type { Mapping } from '../ports/stores.js';

/** What was chosen for each key of a kind: a suggestion that nobody confirmed yet is no choice. */
export function chosenOf(mappings: readonly Mapping[], wanted: Mapping['kind']): Map<string, string> {
  return new Map(
    mappings.flatMap(({ kind, key, value, source }) =>
      kind === wanted && value && source === 'confirmed' ? [[key, value]] : [],
    ),
  );
}
