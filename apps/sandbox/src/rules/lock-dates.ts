import { organisationOf, type RuleContext } from './context.js';
import { refuse } from '../wire/refusal.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day in the words of Xero's messages: `31-Jul-2013`. */
const spoken = (day: string): string =>
  `${day.slice(8)}-${months[Number(day.slice(5, 7)) - 1] ?? ''}-${day.slice(0, 4)}`;

/** Refuses a document or payment dated (`YYYY-MM-DD`) within a locked period. The lock date itself is locked. */
export function refuseIfLocked(context: RuleContext, date: string): void {
  const { periodLockDate, endOfYearLockDate } = organisationOf(context);
  refuseBefore(date, endOfYearLockDate, 'end of year lock date');
  refuseBefore(date, periodLockDate, 'period lock date');
}

function refuseBefore(date: string, lock: string | null, name: string): void {
  if (lock === null || date > lock) return;
  refuse(`The document date cannot be before the ${name}, currently set at ${spoken(lock)}`);
}
