/** A version of Perfex whose schema differs from the other: 3.2.0 brought formatted numbers, 3.4.0 optional lines. */
export type PerfexShape = '3.4.0' | '2.9.4';
