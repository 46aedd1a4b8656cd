import { type ContactRow, type CustomerRow, decodeCustomer } from '../codecs/customer.js';
import type { Decoded } from '../codecs/decoded.js';
import type { PerfexSession } from './session.js';

/** Reads customers with the names of their countries and currencies, and their people. */
export async function readCustomers(
  session: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'customers'>>> {
  const customers = await customerRows(session, ids);
  const contacts = await contactRows(session, ids);
  return new Map(
    customers.map((row) => [
      row.id,
      decodeCustomer(
        row,
        contacts.filter(({ customerId }) => customerId === row.id),
      ),
    ]),
  );
}

function customerRows({ query, tables }: PerfexSession, ids: readonly number[]): Promise<CustomerRow[]> {
  return query<CustomerRow>(
    `select c.userid as id, c.company, c.vat, c.phonenumber as phone, c.address, c.city, c.state, c.zip,
       home.short_name as country, c.billing_street as billingStreet, c.billing_city as billingCity,
       c.billing_state as billingState, c.billing_zip as billingZip, billing.short_name as billingCountry,
       c.datecreated as createdAt, c.active, c.registration_confirmed as confirmed,
       c.default_currency as currencyId, currency.name as currencyName
     from ${tables('clients')} c
     left join ${tables('countries')} home on home.country_id = c.country
     left join ${tables('countries')} billing on billing.country_id = c.billing_country
     left join ${tables('currencies')} currency on currency.id = c.default_currency
     where c.userid in (?)`,
    [ids],
  );
}

function contactRows({ query, tables }: PerfexSession, ids: readonly number[]): Promise<ContactRow[]> {
  return query<ContactRow>(
    `select id, userid as customerId, is_primary as isPrimary, firstname as firstName, lastname as lastName,
       email, phonenumber as phone, active, invoice_emails as getsInvoices
     from ${tables('contacts')} where userid in (?) order by id`,
    [ids],
  );
}
