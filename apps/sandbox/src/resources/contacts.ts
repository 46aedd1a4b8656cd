import type { Contact } from '../books/records.js';
import { contactByKey, createContact, upsertContact } from '../rules/contact-write.js';
import type { RuleContext } from '../rules/context.js';
import { contactInput } from '../wire/inputs.js';
import { type FieldValue, fieldsOf, type Filter, fold } from '../wire/where.js';
import { type ApiCall, envelope, type Resource, rulesOf } from './api-call.js';
import { listedContact, withoutDetails, writtenContact } from './contact-view.js';
import { list, oneOf } from './listing.js';
import { writeBatch, type Writing } from './write-batch.js';

const fields = fieldsOf<Contact>(
  {
    ContactID: (row) => row.id,
    ContactNumber: (row) => row.number,
    Name: (row) => row.name,
    ContactStatus: (row) => row.status,
    IsCustomer: (row) => row.isCustomer,
    IsSupplier: (): FieldValue => false,
    UpdatedDateUTC: (row) => row.updatedAt,
    EmailAddress: (row) => row.texts.EmailAddress ?? null,
    AccountNumber: (row) => row.texts.AccountNumber ?? null,
    CompanyNumber: (row) => row.texts.CompanyNumber ?? null,
    TaxNumber: (row) => row.texts.TaxNumber ?? null,
    FirstName: (row) => row.texts.FirstName ?? null,
    LastName: (row) => row.texts.LastName ?? null,
  },
  ['Name', 'EmailAddress', 'AccountNumber'],
);

/** `/Contacts`. */
export const contacts: Resource = {
  scopes: ['accounting.contacts'],
  get: (call) => (call.segments[1] === undefined ? listContacts(call) : oneContact(call, call.segments[1])),
  put: (call) => writeBatch(call, { ...writing, save: saving(createContact), summarizes: true }),
  post: (call) => {
    const key = call.segments[1];
    const id = key === undefined ? undefined : contactByKey(rulesOf(call), key).id;
    return writeBatch(call, { ...writing, save: saving(upsertContact), summarizes: id === undefined, id });
  },
};

const writing: Omit<Writing<typeof contactInput, Contact>, 'save'> = {
  name: 'Contacts',
  idKey: 'ContactID',
  errorFlag: 'HasValidationErrors',
  schema: contactInput,
  render: (_context, row) => writtenContact(row),
};

const saving =
  (save: typeof createContact): Writing<typeof contactInput, Contact>['save'] =>
  (context, input) => ({ row: save(context, input), warnings: [] });

function listContacts(call: ApiCall): ReturnType<typeof list> {
  const context: RuleContext = rulesOf(call);
  const ids = oneOf<Contact>(call, 'IDs', (row) => row.id);
  const archived = call.query.get('includeArchived') === 'true' || ids !== null;
  const searched = search(call.query.get('searchTerm'));
  const live: Filter<Contact> = (row) => archived || row.status !== 'ARCHIVED';
  const summary = call.query.get('summaryOnly') === 'true';
  return list(call, {
    name: 'Contacts',
    rows: call.tenant.contacts,
    fields,
    paged: true,
    since: true,
    filters: [live, ...(ids ? [ids] : []), ...(searched ? [searched] : [])],
    render: (row, paged) => {
      const view = listedContact(context, row, paged);
      return summary ? withoutDetails(view) : view;
    },
  });
}

function search(term: string | null): Filter<Contact> | null {
  if (!term) return null;
  const part = fold(term);
  return ({ name, number, texts }) =>
    [name, number ?? '', ...Object.values(texts)].some((value) => fold(value).includes(part));
}

function oneContact(call: ApiCall, key: string): ReturnType<typeof list> {
  const context = rulesOf(call);
  return envelope(call, { Contacts: [listedContact(context, contactByKey(context, key), true)] });
}
