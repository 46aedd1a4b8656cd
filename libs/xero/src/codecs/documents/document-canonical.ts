import type { Entity } from '@sync/domain';
import type { BackReferences, XeroRecord } from '@sync/engine';
import { crmIdOf, inexpressible, keptText, ownedText, referencesTo } from '../canonical.js';
import { type Reference, type Refusal } from '../codec.js';
import { ownedLinesOf } from './held-line.js';

/** What any document says besides its lines. */
export interface Header {
  number: string | null;
  reference: string | null;
  contactId: string;
  /** `YYYY-MM-DD`. */
  date: string;
  currency: string;
}

/** What the CRM holds of a header; null: nothing yet. */
type Known = Omit<Header, 'contactId'> & { contactId: string };

/** The header of a document in the CRM's terms. */
export function headerOf(
  record: XeroRecord,
  base: Known | null,
  { references, contacts }: { references: BackReferences; contacts: 'customers' | 'vendors' },
): { ok: true; header: Header } | Refusal {
  const contact = crmIdOf(references, contacts, {
    xeroId: ownedText(record, 'contactXeroId') ?? null,
    parent: 'contact',
    known: base?.contactId,
  });
  if (!('id' in contact)) return contact;
  const date = ownedText(record, 'date') ?? base?.date;
  if (date === undefined) return inexpressible('its date is not known');
  return {
    ok: true,
    header: {
      number: keptText(base?.number, ownedText(record, 'number')),
      reference: keptText(base?.reference, ownedText(record, 'reference')),
      contactId: contact.id,
      date,
      currency: ownedText(record, 'currency') ?? base?.currency ?? references.baseCurrency,
    },
  };
}

/** The contact, items and tax rates that a document names. */
export function documentRefersTo(record: XeroRecord, contacts: Entity): Reference[] {
  const lines = ownedLinesOf(record.owned).lines ?? [];
  return [
    ...referencesTo(contacts, [ownedText(record, 'contactXeroId')]),
    ...referencesTo(
      'items',
      lines.map(({ itemCode }) => itemCode),
    ),
    ...referencesTo(
      'taxes',
      lines.map(({ taxType }) => taxType),
    ),
  ];
}
