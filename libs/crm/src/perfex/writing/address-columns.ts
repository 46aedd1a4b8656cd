import type { Address } from '@sync/domain';
import type { PerfexSession } from '../reading/session.js';
import { perfexLine, perfexText } from './perfex-text.js';
import type { Values } from './rows.js';

/** The names of the columns of an address. */
interface AddressColumns {
  street: string;
  city: string;
  state: string;
  zip: string;
  country: string;
}

/** The company's own address. */
export const STREET_ADDRESS: AddressColumns = {
  street: 'address',
  city: 'city',
  state: 'state',
  zip: 'zip',
  country: 'country',
};

/** Where invoices go. */
export const BILLING_ADDRESS: AddressColumns = {
  street: 'billing_street',
  city: 'billing_city',
  state: 'billing_state',
  zip: 'billing_zip',
  country: 'billing_country',
};

/** An address as columns. A country that Perfex does not list is left out: Xero takes any text for one. */
export async function addressValues(
  session: PerfexSession,
  columns: AddressColumns,
  address: Address | null,
): Promise<Values> {
  return {
    [columns.street]: perfexText(address?.lines.join('\n') ?? '') ?? '',
    [columns.city]: perfexLine(address?.city ?? ''),
    [columns.state]: perfexLine(address?.region ?? ''),
    [columns.zip]: perfexLine(address?.postalCode ?? ''),
    [columns.country]: await countryId(session, address?.country ?? null),
  };
}

async function countryId({ query, tables, schema }: PerfexSession, country: string | null): Promise<number> {
  if (country === null) return 0;
  const names = ['short_name', 'long_name', 'iso2', 'iso3'].filter((name) => schema.has('countries', name));
  const [row] = await query<{ id: number }>(
    `select country_id as id from ${tables('countries')} where ? in (${names.join(', ')}) order by country_id limit 1`,
    [country.trim()],
  );
  return row?.id ?? 0;
}
