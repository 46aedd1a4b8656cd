import type { Stamped } from './stamped.js';

export type TrackingStatus = 'ACTIVE' | 'ARCHIVED' | 'DELETED';

export interface TrackingOption {
  readonly id: string;
  readonly name: string;
  readonly status: TrackingStatus;
}

/** Something that lines can be told apart by, such as a region. */
export interface TrackingCategory extends Stamped {
  readonly name: string;
  readonly status: TrackingStatus;
  readonly options: readonly TrackingOption[];
}
