import { type CompanyEntity, type ContactRow, type CustomerRow, decodeCustomer } from '../codecs/customer.js';
import type { Decoded } from '../codecs/decoded.js';
import type { PerfexTable } from '../table-names.js';
import { groupBy } from './group-by.js';
import type { PerfexSession } from './session.js';

/** Where companies and their people lie: customers, or the vendors of the Purchase module, in tables of the same form. */
export const COMPANY_TABLES = {
  customers: { company: 'clients', person: 'contacts' },
  vendors: { company: 'pur_vendor', person: 'pur_contacts' },
} as const satisfies Record<CompanyEntity, { company: PerfexTable; person: PerfexTable }>;

/** Reads customers with the names of their countries and currencies, and their people. */
export function readCustomers(
  session: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'customers'>>> {
  return readCompanies(session, 'customers', ids);
}

/** The same of vendors. */
export function readVendors(
  session: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'vendors'>>> {
  return readCompanies(session, 'vendors', ids);
}

async function readCompanies<E extends CompanyEntity>(
  session: PerfexSession,
  entity: E,
  ids: readonly number[],
): Promise<Map<number, Decoded<E>>> {
  const companies = await companyRows(session, entity, ids);
  const people = groupBy(await personRows(session, entity, ids), ({ customerId }) => customerId);
  return new Map(companies.map((row) => [row.id, decodeCustomer(entity, row, people.get(row.id) ?? [])]));
}

function companyRows(
  { query, tables }: PerfexSession,
  entity: CompanyEntity,
  ids: readonly number[],
): Promise<CustomerRow[]> {
  return query<CustomerRow>(
    `select c.userid as id, c.company, c.vat, c.phonenumber as phone, c.address, c.city, c.state, c.zip,
       home.short_name as country, c.billing_street as billingStreet, c.billing_city as billingCity,
       c.billing_state as billingState, c.billing_zip as billingZip, billing.short_name as billingCountry,
       c.datecreated as createdAt, c.active, c.registration_confirmed as confirmed,
       c.default_currency as currencyId, currency.name as currencyName
     from ${tables(COMPANY_TABLES[entity].company)} c
     left join ${tables('countries')} home on home.country_id = c.country
     left join ${tables('countries')} billing on billing.country_id = c.billing_country
     left join ${tables('currencies')} currency on currency.id = c.default_currency
     where c.userid in (?)`,
    [ids],
  );
}

/** The people of companies, in the order in which they were entered. */
export function personRows(
  { query, tables }: PerfexSession,
  entity: CompanyEntity,
  ids: readonly number[],
): Promise<ContactRow[]> {
  return query<ContactRow>(
    `select id, userid as customerId, is_primary as isPrimary, firstname as firstName, lastname as lastName,
       email, phonenumber as phone, active, invoice_emails as getsInvoices
     from ${tables(COMPANY_TABLES[entity].person)} where userid in (?) order by id`,
    [ids],
  );
}
