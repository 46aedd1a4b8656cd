import type { Json } from './canonical-hash.js';
import type { IssueCode } from './issue-catalogue.js';

/** What went wrong, decided once at the adapter's edge by type and status, never by a caller reading texts. */
export const ERROR_KINDS = [
  'transient',
  'unknown-outcome',
  'rate-limited',
  'auth',
  'validation',
  'mapping',
  'dependency',
  'conflict',
  'locked',
  'not-found',
  'bug',
] as const;

/** The kind of an error. */
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** What an error may carry besides its kind. */
export interface SyncErrorDetails {
  /** The issue that a person would see, if one is opened. */
  code?: IssueCode;
  /** When trying again makes sense, if the other side said so. */
  retryAt?: Date;
  /** Facts for the issue's text; never secrets, never whole payloads. */
  meta?: { readonly [key: string]: Json };
  cause?: unknown;
}

/** The one error that adapters throw. Its message is safe to show: it holds no secret and no personal data. */
export class SyncError extends Error {
  override readonly name = 'SyncError';
  readonly kind: ErrorKind;
  readonly code: IssueCode | undefined;
  readonly retryAt: Date | undefined;
  readonly meta: { readonly [key: string]: Json };

  constructor(kind: ErrorKind, message: string, details: SyncErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.code = details.code;
    this.retryAt = details.retryAt;
    this.meta = details.meta ?? {};
  }
}
