import type { Lane } from '@sync/domain';

/** A call to a tenant, as the rate gate remembers it for whoever holds the lease next. */
export interface LoggedCall {
  sentAt: Date;
  /** A call without an end counts as open until then. */
  deadlineAt: Date;
  finishedAt: Date | null;
}

/** The calls to each tenant. Written at the moment of sending, so that a crash does not lose a call. */
export interface CallLog {
  /** Calls of the last 61 seconds and those still open, oldest first; and how many were made since `dayStart`. */
  recent(connectionId: string, since: Date): Promise<LoggedCall[]>;
  countSince(connectionId: string, since: Date): Promise<number>;
  started(call: {
    connectionId: string;
    method: string;
    path: string;
    lane: Lane;
    sentAt: Date;
    deadlineAt: Date;
  }): Promise<string>;
  finished(
    id: string,
    result: { finishedAt: Date; status: number | null; correlationId: string | null },
  ): Promise<void>;
  /** A limit that Xero named: no call of this tenant before then. */
  holdUntil(connectionId: string, until: Date | null, limit: 'minute' | 'day'): Promise<void>;
  heldUntil(connectionId: string): Promise<Date | null>;
}
