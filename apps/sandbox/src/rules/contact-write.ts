import { nameKey } from '../books/books.js';
import { isId, newId } from '../books/ids.js';
import type { Contact } from '../books/records.js';
import type { ContactInput } from '../wire/inputs.js';
import { mergeContact } from './contact-fields.js';
import type { RuleContext } from './context.js';
import { refuse, refuseIfAny, UnknownId } from '../wire/refusal.js';

/** Xero's answer to a contact that nothing identifies. */
export const NO_CONTACT =
  'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber';

const ARCHIVED = 'Archived contacts cannot currently be edited via the API';

/** PUT: makes a new contact, or refuses. */
export function createContact(context: RuleContext, input: ContactInput): Contact {
  const id = newId();
  const blank: Contact = {
    id,
    updatedAt: context.books.stamp(),
    name: '',
    number: null,
    status: 'ACTIVE',
    mergedTo: null,
    texts: {},
    addresses: {},
    phones: {},
    persons: [],
    isCustomer: false,
    isSupplier: false,
  };
  if (!input.Name) refuse(input.ContactNumber ? 'The contact name must be specified' : NO_CONTACT);
  return save(context, mergeContact(blank, input));
}

/**
 * POST: updates the contact that the id, else the number, else the name of an active contact points at, and makes one
 * only when none does. That a name alone overwrites another contact is how Xero behaves.
 */
export function upsertContact(context: RuleContext, input: ContactInput): Contact {
  const found = findContact(context, input);
  if (!found) return createContact(context, input);
  if (found.status !== 'ACTIVE') refuse(ARCHIVED);
  return save(context, { ...mergeContact(found, input), updatedAt: context.books.stamp() });
}

/** The contact that an input points at, in Xero's order. An id that was never issued is a 404. */
export function findContact({ tenant }: RuleContext, input: ContactInput): Contact | undefined {
  if (input.ContactID !== undefined) {
    const found = tenant.contacts.get(input.ContactID.toLowerCase());
    if (!found) throw new UnknownId('contact', input.ContactID);
    return found;
  }
  const numbered = input.ContactNumber ? tenant.contacts.by('number', input.ContactNumber)[0] : undefined;
  return numbered ?? activeNamed(tenant.contacts.by('name', nameKey(input.Name ?? '')));
}

/**
 * The contact of a document. More than the id in it edits the contact; without an id it is found or made, as by POST.
 */
export function contactOfDocument(context: RuleContext, input: ContactInput | undefined): Contact {
  if (!input || !(input.ContactID || input.ContactNumber || input.Name)) refuse(NO_CONTACT);
  const id = input.ContactID?.toLowerCase();
  const known = id === undefined ? undefined : context.tenant.contacts.get(id);
  if (id !== undefined && !known)
    refuse(`The Contact with the specified ContactID (${id}) could not be found`);
  const found = known ?? findContact(context, input);
  if (found && found.status !== 'ACTIVE') refuse(archivedOnDocument(found));
  const { ContactID: _id, ...rest } = input;
  return found && Object.values(rest).every((value) => value === undefined)
    ? found
    : upsertContact(context, input);
}

/** The first document of a side makes its contact a customer or a supplier; UpdatedDateUTC does not show it. */
export function nowTrading({ tenant }: RuleContext, contact: Contact, side: 'sales' | 'purchase'): void {
  const known = side === 'sales' ? contact.isCustomer : contact.isSupplier;
  if (known) return;
  tenant.contacts.put({ ...contact, ...(side === 'sales' ? { isCustomer: true } : { isSupplier: true }) });
}

/** Xero's answer to a document of an archived contact. */
export const archivedOnDocument = (contact: Contact): string =>
  `The contact '${contact.name}' is archived. The contact must be un-archived before creating new invoices or credit notes.`;

/** Checks what must hold across contacts, and saves. Used for people's edits too, which may bring archived ones back. */
export function save(context: RuleContext, contact: Contact): Contact {
  const { contacts } = context.tenant;
  const sameName = activeNamed(
    contacts.by('name', nameKey(contact.name)).filter(({ id }) => id !== contact.id),
  );
  const sameNumber =
    contact.number !== null && contacts.by('number', contact.number).some((one) => one.id !== contact.id);
  refuseIfAny([
    sameName && contact.status === 'ACTIVE' && nameTaken(contact.name),
    sameNumber && numberTaken(contact.number ?? ''),
  ]);
  return contacts.put(contact);
}

const nameTaken = (name: string): string =>
  `The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`;

const numberTaken = (number: string): string =>
  `The contact number ${number} is already assigned to another contact. The contact number must be unique across all contacts.`;

const activeNamed = (contacts: readonly Contact[]): Contact | undefined =>
  contacts.find(({ status }) => status === 'ACTIVE');

/** `/Contacts/{key}`: an id, or a ContactNumber (the first of several, as Xero does). */
export function contactByKey({ tenant }: RuleContext, key: string): Contact {
  const found = isId(key) ? tenant.contacts.get(key.toLowerCase()) : tenant.contacts.by('number', key)[0];
  if (!found) throw new UnknownId('contact', key);
  return found;
}
