import type { Entity, Json } from '@sync/domain';
import type { WriteAction } from '@sync/engine';
import { z } from 'zod';
import { withNote } from './codecs/payments/credit-applications.js';
import { ENDPOINTS, pathOf } from './endpoints.js';

/** Where an element of a writing call goes, and what of it is sent. */
export interface Address {
  method: 'PUT' | 'POST' | 'DELETE';
  path: string;
  /** The list in the body that holds elements of the same path; null: Xero takes this one by itself. */
  list: string | null;
  /** Null: the path says it all. */
  body: Json | null;
}

const ALLOCATIONS = 'Allocations';
const { writeQuery } = ENDPOINTS['credit-applications'];
const allocation = z.looseObject({ CreditNote: z.object({ CreditNoteID: z.string() }) });
const named = z.object({
  ItemID: z.string().optional(),
  PaymentID: z.string().optional(),
  AllocationID: z.string().optional(),
});

type Addressing = (element: Json) => Address;

const deletedPayment: Addressing = (element) => ({
  method: 'POST',
  path: `/Payments/${named.parse(element).PaymentID}`,
  list: null,
  body: { Status: 'DELETED' },
});

/** Where an entity is not written like all others. */
const PARTICULAR: { readonly [E in Entity]?: { readonly [A in WriteAction]?: Addressing } } = {
  payments: { void: deletedPayment },
  refunds: { void: deletedPayment },
  'bill-payments': { void: deletedPayment },
  items: {
    void: (element) => deleted(`/Items/${named.parse(element).ItemID}`),
  },
  'credit-applications': {
    create: (element) => {
      const { CreditNote, ...body } = allocation.parse(element);
      const path = pathOf(`CreditNotes/${CreditNote.CreditNoteID}/${ALLOCATIONS}`, writeQuery);
      return { method: 'PUT', path, list: ALLOCATIONS, body: body as Json };
    },
    void: (element) => {
      const { CreditNoteID } = allocation.parse(element).CreditNote;
      return deleted(`/CreditNotes/${CreditNoteID}/${ALLOCATIONS}/${named.parse(element).AllocationID}`);
    },
  },
};

function deleted(path: string): Address {
  return { method: 'DELETE', path, list: null, body: null };
}

/** Where this element goes. */
export function addressOf(entity: Entity, action: WriteAction, element: Json): Address {
  const particular = PARTICULAR[entity]?.[action];
  if (particular) return particular(element);
  const { resource, writeQuery: query } = ENDPOINTS[entity];
  const method = action === 'create' ? 'PUT' : 'POST';
  return { method, path: pathOf(resource, query), list: resource, body: element };
}

/** The list that a reply to a write of this entity holds. */
export function repliedList(entity: Entity): string {
  return entity === 'credit-applications' ? ALLOCATIONS : ENDPOINTS[entity].resource;
}

/** Elements of a call with what only its path says of them. */
export function fromPath(path: string, elements: readonly unknown[]): readonly unknown[] {
  const noteId = /^\/CreditNotes\/([^/?]+)\/Allocations/.exec(path)?.[1];
  return noteId === undefined ? elements : elements.map((element) => withNote(element, noteId));
}
