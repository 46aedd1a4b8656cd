import type { Address, Json } from '@sync/domain';
import type { EncodeRequest, References } from '@sync/engine';
import { sends } from '../codec.js';
import type { AddressWire, ContactWire } from './contact-wire.js';
import { fit, textOf } from '../wire-values.js';

/** What is needed to write a contact: customers and vendors are both. */
export type ContactRequest = Pick<
  EncodeRequest<'customers' | 'vendors'>,
  'action' | 'record' | 'marker' | 'xeroId' | 'changed' | 'distinctName'
> & { references: Pick<References, 'baseCurrency'> };

/** POBOX is the address that Xero prints on invoices. */
type Slot = 'POBOX' | 'STREET';

/** The address slots that go into this request; a slot overwrites what was in it, part by part. */
export function writeAddresses(request: ContactRequest): { Addresses?: Json } {
  const { billingAddress, streetAddress } = request.record;
  const slots = [
    ...(sends(request, 'billingAddress') ? [slotOf(request, 'POBOX', billingAddress)] : []),
    ...(sends(request, 'streetAddress') ? [slotOf(request, 'STREET', streetAddress)] : []),
  ].filter((slot) => slot !== null);
  return slots.length === 0 ? {} : { Addresses: slots };
}

function slotOf({ action }: ContactRequest, slot: Slot, address: Address | null): Json | null {
  if (address === null && action === 'create') return null;
  const line = (index: number): string => fit(address?.lines[index] ?? '', 500);
  return {
    AddressType: slot,
    AddressLine1: line(0),
    AddressLine2: line(1),
    AddressLine3: line(2),
    AddressLine4: line(3),
    City: fit(address?.city ?? '', 255),
    Region: fit(address?.region ?? '', 255),
    PostalCode: fit(address?.postalCode ?? '', 50),
    Country: countryOf(address?.country ?? ''),
  };
}

/** Xero takes a country of at most 50 plain letters, so accents go and anything else becomes a space. */
function countryOf(country: string): string {
  return fit(
    country
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[^A-Za-z]+/g, ' '),
    50,
  );
}

/** The address in a slot; null when the slot is empty, undefined when the reply leaves it out. */
export function addressOf(contact: ContactWire, slot: Slot): Json | undefined {
  const wire = contact.Addresses?.find(({ AddressType }) => AddressType === slot);
  if (wire === undefined) return undefined;
  const lines = linesOf(wire);
  const parts = {
    city: textOf(wire.City) ?? null,
    region: textOf(wire.Region) ?? null,
    postalCode: textOf(wire.PostalCode) ?? null,
    country: textOf(wire.Country) ?? null,
  };
  const empty = lines.length === 0 && Object.values(parts).every((part) => part === null);
  return empty ? null : { lines, ...parts };
}

function linesOf(wire: AddressWire): string[] {
  const lines = [wire.AddressLine1, wire.AddressLine2, wire.AddressLine3, wire.AddressLine4];
  return lines.filter((line) => typeof line === 'string' && line !== '').map(String);
}
