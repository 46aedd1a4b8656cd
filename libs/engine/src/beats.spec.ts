import { ENTITIES } from '@sync/domain';
import { BEATS, secondsToNext } from './beats.js';

const DAY = 24 * 3600;

/** One listing serves these. */
const LISTINGS = [
  ['taxes'],
  ['customers', 'vendors'],
  ['items'],
  ['invoices', 'bills'],
  ['credit-notes', 'credit-applications'],
  ['payments', 'refunds', 'bill-payments'],
  ['expenses'],
  ['purchase-orders'],
] as const;

describe('the beats of Xero', () => {
  const now = new Date('2026-11-20T12:00:00Z');

  it('cost at most 236 listings a day, so that with settings and full listings 250 calls suffice', () => {
    const calls = LISTINGS.map((entities) => DAY / Math.min(...entities.map((one) => BEATS[one].every)));
    expect(calls.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(236);
    expect(LISTINGS.flat().toSorted()).toEqual([...ENTITIES].toSorted());
  });

  it('read invoices and bank transactions every 15 minutes', () => {
    const plan = { dayLimit: 1000, now, lastHeard: null };
    expect(secondsToNext('invoices', plan)).toBe(900);
    expect(secondsToNext('expenses', plan)).toBe(900);
  });

  it('are slower on a smaller plan, and no faster on a larger one', () => {
    expect(secondsToNext('invoices', { dayLimit: 500, now, lastHeard: null })).toBe(1800);
    expect(secondsToNext('invoices', { dayLimit: 5000, now, lastHeard: null })).toBe(900);
  });

  it('leave to webhooks what they tell, until they were silent for a week', () => {
    const heard = (daysAgo: number) => new Date(now.getTime() - daysAgo * DAY * 1000);
    const seconds = (lastHeard: Date) => secondsToNext('invoices', { dayLimit: 1000, now, lastHeard });
    expect(seconds(heard(1))).toBe(3600);
    expect(seconds(heard(7))).toBe(900);
  });
});
