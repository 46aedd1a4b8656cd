import { z } from 'zod';
import { nameKey } from '../../books/books.js';
import type { Contact } from '../../books/records.js';
import { mergeContact } from '../../rules/contact-fields.js';
import { createContact, save } from '../../rules/contact-write.js';
import type { RuleContext } from '../../rules/context.js';
import { contactInput } from '../../wire/inputs.js';
import { refuse } from '../../wire/refusal.js';
import { type Act, type Acts, fieldsIn, missing, named } from './act.js';

// Of several with a name the active one is meant.
function contactNamed({ tenant }: RuleContext, key: string): Contact {
  const { contacts } = tenant;
  const sharing = contacts.by('name', nameKey(key));
  return (
    contacts.get(key.toLowerCase()) ??
    contacts.by('number', key)[0] ??
    sharing.find(({ status }) => status === 'ACTIVE') ??
    sharing[0] ??
    missing('contact', key)
  );
}

function change(act: Act, fields: Partial<Contact>): Contact {
  const { context } = act;
  const contact = contactNamed(context, named(act));
  return save(context, { ...contact, ...fields, updatedAt: context.books.stamp() });
}

function edit(act: Act): Contact {
  const { context, fields } = act;
  const merged = mergeContact(contactNamed(context, named(act)), fieldsIn(contactInput, fields));
  return save(context, { ...merged, updatedAt: context.books.stamp() });
}

// The documents of the merged contact move to the one that stays, whose own UpdatedDateUTC does not move.
function merge(act: Act): Contact {
  const { context } = act;
  const { into: key } = fieldsIn(z.object({ into: z.string() }), act.fields);
  const [from, into] = [contactNamed(context, named(act)), contactNamed(context, key)];
  if (from.id === into.id) refuse('A contact cannot be merged into itself');
  if (from.status !== 'ACTIVE' || into.status !== 'ACTIVE') refuse('Only active contacts can be merged');
  moveDocuments(context, from.id, into.id);
  const isCustomer = into.isCustomer || from.isCustomer;
  const isSupplier = into.isSupplier || from.isSupplier;
  context.tenant.contacts.put({ ...into, isCustomer, isSupplier });
  return change(act, { status: 'ARCHIVED', mergedTo: into.id });
}

function moveDocuments({ tenant, books }: RuleContext, from: string, contactId: string): void {
  const { invoices, creditNotes, purchaseOrders, bankTransactions, advances } = tenant;
  const moved = { contactId, updatedAt: books.stamp() };
  for (const row of invoices.by('contact', from)) invoices.put({ ...row, ...moved });
  for (const row of creditNotes.by('contact', from)) creditNotes.put({ ...row, ...moved });
  for (const row of purchaseOrders.by('contact', from)) purchaseOrders.put({ ...row, ...moved });
  for (const row of bankTransactions.by('contact', from)) bankTransactions.put({ ...row, ...moved });
  for (const row of advances.by('contact', from)) advances.put({ ...row, ...moved });
}

export const contact: Acts = {
  create: ({ context, fields }) => createContact(context, fieldsIn(contactInput, fields)),
  edit,
  archive: (act) => change(act, { status: 'ARCHIVED' }),
  restore: (act) => change(act, { status: 'ACTIVE', mergedTo: null }),
  merge,
};
