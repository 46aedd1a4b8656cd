import type { Mapping } from '../ports/stores.js';

/** A mapping that nobody confirmed yet. */
export type Guess = Omit<Mapping, 'source'>;
