import type { LedgerDocument } from '../sandbox-control.js';
import type { Random } from './random.js';
import type { World } from './world.js';

/** What a person sees who is about to edit something on one side. */
export interface Desk {
  random: Random;
  /** The number of the edit: makes names and references that nothing else has. */
  n: number;
  /** The documents of one kind that the side holds. */
  shelf(entity: string): Promise<readonly LedgerDocument[]>;
  world: World;
}

/** Something that a person does; what he touched, or null where there is nothing to do it with. */
export type Edit = (desk: Desk) => Promise<Touched | null>;

/** Edits, and how often each comes. */
export type WeightedEdits = readonly (readonly [weight: number, edit: Edit])[];

/** What an edit touched, for the log, and for the event of a CRM. */
export interface Touched {
  what: string;
  entity: string;
  ids: string[];
  /** It made so many records. */
  made?: number;
}

/** One of the documents that suit. */
export async function anyOf(
  { shelf, random }: Desk,
  entity: string,
  suits: (document: LedgerDocument) => boolean = () => true,
): Promise<LedgerDocument | undefined> {
  return random.pick((await shelf(entity)).filter(suits));
}

export const isUnpaid = ({ total, due, paid }: LedgerDocument) => due === total && paid === '0.00';
export const isOpen = ({ due }: LedgerDocument) => Number(due) > 0;

/** Between a fifth and all of what is due. */
export function partOf({ random }: Desk, { due }: LedgerDocument): string {
  const cents = Math.round(Number(due) * 100);
  return (Math.max(1, Math.round((cents * random.int(20, 100)) / 100)) / 100).toFixed(2);
}
