/** A version of Perfex whose schema differs from the other: 3.2.0 brought formatted numbers, 3.4.0 optional lines. */
export type PerfexShape = '3.4.0' | '2.9.4';

/** A version of the Purchase module; 1.0.4 is one of those that kept whole numbers only. Null: it is not installed. */
export type PurchaseShape = '1.5.0' | '1.0.4' | null;
