import type { CanonicalRecord, Customer } from '@sync/domain';
import type { CompanyEntity } from '../codecs/customer.js';
import { COMPANY_TABLES } from '../reading/read-customers.js';
import { addressValues, BILLING_ADDRESS, STREET_ADDRESS } from './address-columns.js';
import { currencyId } from './parents.js';
import { perfexLine } from './perfex-text.js';
import { writePeople, writePrimary } from './people.js';
import { insertRow, updateRow, type Values } from './rows.js';
import type { WriteSession } from './write-session.js';
import { type Change, changeOf, type Writer } from './writer.js';

/** Of a company that is new. */
const NOTHING: Customer = {
  id: '',
  name: null,
  firstName: null,
  lastName: null,
  email: null,
  phone: null,
  taxNumber: null,
  currency: null,
  billingAddress: null,
  streetAddress: null,
  people: [],
  active: true,
};

/** Customers, or vendors of the Purchase module, with their people. Nobody gets a mail. */
export function companyWriter<E extends CompanyEntity>(entity: E): Writer<E> {
  const { company, person } = COMPANY_TABLES[entity];
  return {
    rights: { [company]: ['INSERT', 'UPDATE'], [person]: ['INSERT', 'UPDATE'] },
    lock: async ({ query, tables }, rowId) => {
      await query(`select userid from ${tables(company)} where userid = ? for update`, [rowId]);
      await query(`select id from ${tables(person)} where userid = ? for update`, [rowId]);
    },
    create: async (session, record) => {
      const change = changeOf(0, NOTHING as CanonicalRecord<E>, record);
      const rowId = await insertRow(session, company, {
        ...(await companyValues(session, change as CompanyChange)),
        datecreated: session.now.dateTime,
        active: record.active ? 1 : 0,
        addedfrom: 0,
        registration_confirmed: 1,
      });
      await writeAllPeople(session, entity, { ...(change as CompanyChange), rowId });
      return String(rowId);
    },
    update: async (session, change) => {
      const values = await companyValues(session, change as CompanyChange);
      await updateRow(session, company, { key: 'userid', id: change.rowId, values });
      await writeAllPeople(session, entity, change as CompanyChange);
      return String(change.rowId);
    },
  };
}

/** Vendors are of the same form as customers. */
type CompanyChange = Change<'customers'>;

async function writeAllPeople(
  session: WriteSession,
  entity: CompanyEntity,
  change: CompanyChange,
): Promise<void> {
  const { rowId, was, record, differs } = change;
  const company = { entity, rowId };
  if (differs('firstName', 'lastName', 'email')) await writePrimary(session, company, record);
  if (differs('people')) await writePeople(session, company, { was: was.people, people: record.people });
}

/** What of a company is another than before. */
async function companyValues(session: WriteSession, { record, differs }: CompanyChange): Promise<Values> {
  const text = (value: string | null): string => perfexLine(value) ?? '';
  return {
    ...(differs('name') ? { company: text(record.name) } : {}),
    ...(differs('taxNumber') ? { vat: text(record.taxNumber) } : {}),
    ...(differs('phone') ? { phonenumber: text(record.phone) } : {}),
    ...(differs('currency') ? { default_currency: await currencyId(session, record.currency) } : {}),
    ...(differs('active') ? { active: record.active ? 1 : 0 } : {}),
    ...(differs('billingAddress')
      ? await addressValues(session, BILLING_ADDRESS, record.billingAddress)
      : {}),
    ...(differs('streetAddress') ? await addressValues(session, STREET_ADDRESS, record.streetAddress) : {}),
  };
}
