import { canonicalText, type Customer, type Json } from '@sync/domain';
import type { CanonicalResult, XeroRecord } from '@sync/engine';
import { z } from 'zod';
import type { CanonicalRequest } from '../codec.js';
import { inexpressible } from '../canonical.js';

const text = z.string().nullable();
const address = z.object({
  lines: z.array(z.string()),
  city: text,
  region: text,
  postalCode: text,
  country: text,
});

/** The owned fields of a contact. */
const ownedContact = z.object({
  name: text,
  firstName: text,
  lastName: text,
  email: text,
  phone: text,
  taxNumber: text,
  currency: text,
  billingAddress: address.nullable(),
  streetAddress: address.nullable(),
  people: z.array(z.object({ firstName: text, lastName: text, email: text })),
});

type Owned = XeroRecord['owned'];

/**
 * A contact in the CRM's terms. Xero takes less than a CRM holds (names without brackets, five people, no odd addresses):
 * a field that is as `asSent` would write it is the CRM's own.
 */
export function canonicalContact(
  { record, base, references }: CanonicalRequest<'customers' | 'vendors'>,
  asSent: (contact: Customer, baseCurrency: string) => readonly Owned[],
): CanonicalResult<'customers' | 'vendors'> {
  const sent = base === null ? [] : asSent(base, references.baseCurrency);
  const fields = Object.keys(ownedContact.shape) as (keyof typeof ownedContact.shape)[];
  const chosen = fields.map((field) => {
    const held = heldOf(record.owned, field, references.baseCurrency);
    const keeps =
      base !== null &&
      (held === undefined ||
        sent.some((owned) => alike(heldOf(owned, field, references.baseCurrency), held)));
    return [field, keeps ? base[field] : (held ?? empty(field))];
  });
  const read = ownedContact.safeParse(Object.fromEntries(chosen));
  if (!read.success) return inexpressible('its fields have a form that is not known');
  const active = record.derived.status === 'active';
  return { ok: true, record: { id: base?.id ?? '', ...read.data, active } };
}

/** The base currency goes without saying. */
function heldOf(owned: Owned, field: string, baseCurrency: string): Json | undefined {
  const value = owned[field];
  return field === 'currency' && value === baseCurrency ? null : value;
}

function alike(a: Json | undefined, b: Json): boolean {
  const [left, right] = [a ?? null, b].map((value) =>
    Array.isArray(value) && value.length === 0 ? null : value,
  );
  return canonicalText(left ?? null) === canonicalText(right ?? null);
}

function empty(field: string): Json {
  return field === 'people' ? [] : null;
}
