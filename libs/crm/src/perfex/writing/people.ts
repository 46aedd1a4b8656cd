import type { Customer } from '@sync/domain';
import type { CompanyEntity, ContactRow } from '../codecs/customer.js';
import { COMPANY_TABLES, personRows } from '../reading/read-customers.js';
import { perfexLine } from './perfex-text.js';
import { refused } from './refusal.js';
import { insertRow, updateRow } from './rows.js';
import type { WriteSession } from './write-session.js';

type Person = Pick<Customer, 'firstName' | 'lastName' | 'email'>;

/** Whose people they are. */
export interface Company {
  entity: CompanyEntity;
  rowId: number;
}

/** Those who get invoices and credit notes, and no other mail of Perfex. */
const MAILS = {
  invoice_emails: 1,
  credit_note_emails: 1,
  estimate_emails: 0,
  contract_emails: 0,
  task_emails: 0,
  project_emails: 0,
  ticket_emails: 0,
};

/**
 * The primary person. Without a password, and so without a way into the customers' area: Perfex mails one when somebody
 * asks for it, and greets nobody who was not entered in its own form.
 */
export async function writePrimary(session: WriteSession, company: Company, person: Person): Promise<void> {
  const [primary] = (await peopleOf(session, company)).filter(({ isPrimary }) => isPrimary === 1);
  if (primary) return updatePerson(session, company, { row: primary, person });
  if (isSomebody(person)) await insertPerson(session, company, { person, primary: true });
}

/**
 * The further people who get invoices, known by their e-mail address, else by their name. Nobody is deleted: who is not
 * named any more gets no invoices.
 */
export async function writePeople(
  session: WriteSession,
  company: Company,
  { was, people }: { was: readonly Person[]; people: readonly Person[] },
): Promise<void> {
  const known = (await peopleOf(session, company)).filter(({ isPrimary }) => isPrimary !== 1);
  const kept = new Set<number>();
  for (const person of people.filter(isSomebody)) {
    const match = known.find((row) => !kept.has(row.id) && isSame(row, person));
    if (match) kept.add(match.id);
    await (match
      ? updatePerson(session, company, { row: match, person, others: { active: 1, invoice_emails: 1 } })
      : insertPerson(session, company, { person, primary: false }));
  }
  const table = COMPANY_TABLES[company.entity].person;
  for (const row of known.filter(({ id }) => !kept.has(id))) {
    if (!was.some((person) => isSame(row, person))) continue;
    await updateRow(session, table, { id: row.id, values: { invoice_emails: 0 } });
  }
}

function peopleOf(session: WriteSession, { entity, rowId }: Company): Promise<ContactRow[]> {
  return personRows(session, entity, [rowId]);
}

function isSomebody({ firstName, lastName, email }: Person): boolean {
  return [firstName, lastName, email].some((part) => part !== null);
}

function isSame(row: ContactRow, person: Person): boolean {
  const key = (email: string | null, ...names: (string | null)[]): string =>
    ((email ?? '').trim() || names.map((name) => name?.trim() ?? '').join(' ')).toLowerCase();
  return key(row.email, row.firstName, row.lastName) === key(person.email, person.firstName, person.lastName);
}

async function updatePerson(
  session: WriteSession,
  company: Company,
  { row, person, others = {} }: { row: ContactRow; person: Person; others?: Record<string, number> },
): Promise<void> {
  if (person.email !== row.email.trim()) await refuseTakenEmail(session, company, person.email);
  const table = COMPANY_TABLES[company.entity].person;
  await updateRow(session, table, { id: row.id, values: { ...valuesOf(person), ...others } });
}

async function insertPerson(
  session: WriteSession,
  company: Company,
  { person, primary }: { person: Person; primary: boolean },
): Promise<void> {
  await refuseTakenEmail(session, company, person.email);
  await insertRow(session, COMPANY_TABLES[company.entity].person, {
    userid: company.rowId,
    is_primary: primary ? 1 : 0,
    ...valuesOf(person),
    phonenumber: '',
    datecreated: session.now.dateTime,
    active: 1,
    ...MAILS,
  });
}

function valuesOf({ firstName, lastName, email }: Person) {
  return {
    firstname: perfexLine(firstName) ?? '',
    lastname: perfexLine(lastName) ?? '',
    email: email ?? '',
  };
}

/** People log in with their e-mail address, so Perfex lets no two of them have the same. */
async function refuseTakenEmail(
  { query, tables }: WriteSession,
  { entity, rowId }: Company,
  email: string | null,
): Promise<void> {
  if (email === null) return;
  const [other] = await query<{ id: number }>(
    `select userid as id from ${tables(COMPANY_TABLES[entity].person)} where email = ? and userid <> ? limit 1`,
    [email, rowId],
  );
  const one = entity === 'customers' ? 'customer' : 'vendor';
  if (other) throw refused(`the e-mail address of one of its people belongs to ${one} ${other.id} in Perfex`);
}
