export { createProgram } from './program.js';
export type { Surroundings, Terminal } from './surroundings.js';
