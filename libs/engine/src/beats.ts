import type { Entity } from '@sync/domain';
import type { OrganizationSettings } from './ports/organizations.js';
import type { WebhookCategory } from './ports/webhooks.js';
import { isPulled } from './pull-rules.js';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** How often an entity is read from Xero, in seconds. */
export interface Beat {
  every: number;
  /** Where a webhook of this category was heard of lately, it tells sooner, and listings only make up for what it lost. */
  webhook?: { category: WebhookCategory; every: number };
  /** A listing of everything finds what If-Modified-Since misses, and what is gone. */
  fullEvery: number;
}

/**
 * The beats of the listings of Xero. A listing that serves several entities is one call: that of vendors is the one of
 * customers, those of refunds and of payments of bills the one of payments, that of bills the one of invoices, that of
 * applied credits the one of credit notes.
 *
 * Calls a day of an organization in which nothing happens, every entity flowing both ways and no webhook: invoices and
 * expenses 96 each, contacts 24, credit notes 6, payments, items and purchase orders 4 each, taxes 1: 235. With the
 * organization's settings (6 calls a day) and the weekly listings of everything (6 more a week) that is 242, of the 250
 * that are allowed on a plan of 1,000 calls a day. Payments are read as soon as the paid amount of an invoice moves, so
 * their own beat only makes up for what is missed. Items and taxes are always listed as a whole. What does not flow into
 * the CRM is listed once a day: 8 calls where nothing does.
 */
export const BEATS: Readonly<Record<Entity, Beat>> = {
  taxes: { every: DAY, fullEvery: 0 },
  customers: { every: HOUR, webhook: { category: 'CONTACT', every: 4 * HOUR }, fullEvery: 7 * DAY },
  vendors: { every: HOUR, webhook: { category: 'CONTACT', every: 4 * HOUR }, fullEvery: 7 * DAY },
  items: { every: 6 * HOUR, fullEvery: 0 },
  invoices: { every: HOUR / 4, webhook: { category: 'INVOICE', every: HOUR }, fullEvery: 7 * DAY },
  'credit-notes': {
    every: 4 * HOUR,
    webhook: { category: 'CREDITNOTE', every: 6 * HOUR },
    fullEvery: 7 * DAY,
  },
  'credit-applications': { every: 4 * HOUR, fullEvery: 7 * DAY },
  payments: { every: 6 * HOUR, fullEvery: 7 * DAY },
  refunds: { every: 6 * HOUR, fullEvery: 7 * DAY },
  expenses: { every: HOUR / 4, fullEvery: 7 * DAY },
  bills: { every: HOUR / 4, webhook: { category: 'INVOICE', every: HOUR }, fullEvery: 7 * DAY },
  'bill-payments': { every: 6 * HOUR, fullEvery: 7 * DAY },
  'purchase-orders': { every: 6 * HOUR, fullEvery: 7 * DAY },
};

/** The plan that the beats are made for, in calls a day: on a smaller one everything is read less often. */
const PLAN = 1000;

/** A webhook that was not heard of for so long may have been switched off. */
const HEARD_MS = 7 * DAY * 1000;

/** Seconds until an entity's next turn. */
export function secondsToNext(
  entity: Entity,
  of: { dayLimit: number; now: Date; lastHeard: Date | null },
): number {
  const { every, webhook } = BEATS[entity];
  const heard = of.lastHeard !== null && of.now.getTime() - of.lastHeard.getTime() < HEARD_MS;
  return (heard && webhook ? webhook.every : every) * Math.max(1, PLAN / of.dayLimit);
}

/** When an entity was read, and when it is to be read again. */
export interface Turn {
  nextAt: Date | null;
  freshAsOf: Date | null;
  wanted: boolean;
}

/**
 * Whether it is an entity's turn. Where nothing of it flows into the CRM, a reading only tells what people did in Xero,
 * and once a day is enough, unless it is wanted; what was never scheduled is not read at all.
 */
export function isTurn(
  settings: Pick<OrganizationSettings, 'directions' | 'writeBack'>,
  entity: Entity,
  { nextAt, freshAsOf, wanted }: Turn,
  now: Date,
): boolean {
  const pulled = isPulled(settings, entity);
  if (nextAt === null || nextAt > now) return nextAt === null && pulled;
  return pulled || wanted || freshAsOf === null || now.getTime() - freshAsOf.getTime() >= DAY * 1000;
}

/** Whether it is time to list everything. */
export function isFullDue(entity: Entity, fullAt: Date | null, now: Date): boolean {
  return fullAt === null || now.getTime() - fullAt.getTime() >= BEATS[entity].fullEvery * 1000;
}

/**
 * What else to read when amounts of these moved in Xero: a payment moves its invoice, an applied credit moves both, a
 * refund moves its credit note.
 */
export const MOVED_BY: Readonly<Partial<Record<Entity, readonly Entity[]>>> = {
  invoices: ['payments', 'credit-notes'],
  'credit-notes': ['refunds'],
  bills: ['bill-payments'],
};
