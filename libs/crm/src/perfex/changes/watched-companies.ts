import type { CompanyEntity } from '../codecs/customer.js';
import { COMPANY_TABLES } from '../reading/read-customers.js';
import { columnsOf, type Watch } from './watched.js';

/** Customers or vendors, with their people. */
export function watchedCompanies(entity: CompanyEntity): Watch {
  const { company, person } = COMPANY_TABLES[entity];
  return ({ tables }) => [
    {
      from: `${tables(company)} r left join ${tables('currencies')} c on c.id = r.default_currency`,
      recordId: 'r.userid',
      values: [
        ...columnsOf(`userid company vat phonenumber address city state zip country billing_street billing_city
          billing_state billing_zip billing_country datecreated active default_currency registration_confirmed`),
        'c.name',
      ],
    },
    {
      from: `${tables(person)} r`,
      recordId: 'r.userid',
      values: columnsOf('id userid is_primary firstname lastname email phonenumber active invoice_emails'),
    },
  ];
}
