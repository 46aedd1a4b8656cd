import type { Books, Tenant } from '../books/books.js';
import type { Organisation } from '../books/records.js';
import type { SandboxClock } from '../clock.js';
import { dayOf } from '../wire/values.js';

/** What a rule needs to know of the call that it judges. */
export interface RuleContext {
  readonly books: Books;
  readonly tenant: Tenant;
  readonly clock: SandboxClock;
  /** Digits that unit prices keep: 4 with `unitdp=4`, else 2. */
  readonly unitDigits: 2 | 4;
  /** Set when an administrator acts in Xero's own pages: the rights of the connecting user do not bind them. */
  readonly administrator?: true;
}

/** A saved record with the remarks that Xero makes on it. */
export interface Written<T> {
  readonly row: T;
  readonly warnings: readonly string[];
}

/** The organisation whose books are written. */
export const organisationOf = ({ books, tenant }: RuleContext): Organisation => books.organisation(tenant.id);

/** Today in the organisation's timezone, which is UTC for all sandbox organisations. */
export const today = ({ clock }: RuleContext): string => dayOf(clock.now());

/** Whether the connecting user still has this right (`Organisation/Actions`). */
export const mayUser = (context: RuleContext, action: string): boolean =>
  context.administrator === true || !organisationOf(context).deniedActions.includes(action);
