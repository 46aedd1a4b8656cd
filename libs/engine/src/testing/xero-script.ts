import type { Entity, Lane, SyncError } from '@sync/domain';
import type {
  EncodeRequest,
  EncodeResult,
  MemberResult,
  NewBankAccount,
  Room,
  WriteAction,
  XeroPort,
  XeroReference,
} from '../ports/xero.js';
import type { XeroShelf } from './xero-shelf.js';

/** A writing call that left. */
export interface ScriptedCall {
  entity: Entity;
  action: WriteAction;
  crmIds: string[];
  body: string;
  key: string | null;
  lane: Lane;
}

/** What becomes of a call: done and told, done but not told, not done and not told, or ended by this error. */
export type Fate =
  | 'done'
  | 'done untold'
  | 'undone untold'
  | Error
  | ((results: MemberResult[]) => MemberResult[]);

/** A Xero that does what a spec tells it to. */
export interface ScriptedXero extends XeroPort {
  readonly shelf: XeroShelf;
  readonly calls: ScriptedCall[];
  /** How many writing calls were under way at once, at most. */
  readonly most: { underWay: number; references: number; listings: number; reads: number };
  /** Decides over each call to come, while it is under way. */
  onWrite(decide: (call: ScriptedCall) => Fate | Promise<Fate>): void;
  /** Stands in for the codec; throws or refuses what a spec wants thrown or refused. */
  onEncode(encode: ((request: EncodeRequest) => EncodeResult | null) | null): void;
  onList(work: ((entity: Entity) => void) | null): void;
  room: (lane: Lane) => Room;
  reference: XeroReference;
  batchSize: Partial<Record<Entity, number>>;
  /** Why an element is refused; null: it is not. */
  refuse: (crmId: string) => SyncError | null;
  /** How many elements fit into one call's body. */
  bodySize: number;
  /** Bank accounts that were asked for, and what becomes of the next: made and told, made but not told, or refused. */
  readonly bankAccounts: NewBankAccount[];
  bankAccountFate: 'done' | 'done untold' | SyncError;
  closed: number;
}

/** What a spec told it to do, and how much of it is under way. */
export interface Script {
  fate: (call: ScriptedCall) => Fate | Promise<Fate>;
  encode: ((request: EncodeRequest) => EncodeResult | null) | null;
  list: ((entity: Entity) => void) | null;
  underWay: number;
}
