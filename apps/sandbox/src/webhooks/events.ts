import type { Change } from '../books/collection.js';
import type { CreditNote, Stamped } from '../books/records.js';

/** A change that Xero tells of. */
export interface WebhookEvent {
  readonly tenantId: string;
  readonly category: 'CONTACT' | 'INVOICE' | 'CREDITNOTE';
  readonly type: 'CREATE' | 'UPDATE';
  readonly resourceId: string;
  /** When it happened, ms. */
  readonly at: number;
  /** What Xero tells of the record besides its id: of credit notes only. */
  readonly data?: { readonly Type: string; readonly Status: string };
}

const categories = { contacts: 'CONTACT', invoices: 'INVOICE', creditNotes: 'CREDITNOTE' } as const;

/** The events of one transaction: one a record, and none for what does not move its UpdatedDateUTC. */
export function eventsOf(changes: readonly Change[]): WebhookEvent[] {
  const firsts = new Map<string, Change>();
  for (const change of changes)
    if (change.kind in categories && !firsts.has(change.id)) firsts.set(change.id, change);
  return [...firsts.values()].flatMap((change) => eventOf(change, change.current()));
}

function eventOf({ kind, scope, id, before }: Change, now: Stamped | null): WebhookEvent[] {
  if (now === null || now.updatedAt === before?.updatedAt) return [];
  const event = {
    tenantId: scope,
    category: categories[kind as keyof typeof categories],
    type: before === undefined ? ('CREATE' as const) : ('UPDATE' as const),
    resourceId: id,
    at: now.updatedAt,
  };
  return [isNote(kind, now) ? { ...event, data: { Type: now.type, Status: now.status } } : event];
}

const isNote = (kind: string, _row: Stamped): _row is CreditNote => kind === 'creditNotes';
