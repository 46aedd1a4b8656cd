const ADDRESS = (kind: string): string => `
  ${kind}_street varchar(200), ${kind}_city varchar(100), ${kind}_state varchar(100),
  ${kind}_zip varchar(100), ${kind}_country int`;

/** Columns of a table of companies; the Purchase module has one of the same form, with unsigned keys. */
export function companyColumns(key: 'signed' | 'unsigned'): string {
  return `userid int ${key} not null auto_increment primary key, company varchar(191), vat varchar(50),
    phonenumber varchar(30), website varchar(150), address varchar(191), city varchar(100), state varchar(50),
    zip varchar(15), country int not null default 0, ${ADDRESS('billing')} default 0, ${ADDRESS('shipping')} default 0,
    datecreated datetime not null, active int not null default 1, addedfrom int not null default 0, leadid int,
    longitude varchar(191), latitude varchar(191), default_language varchar(40),
    default_currency int not null default 0, show_primary_contact int not null default 0, stripe_id varchar(40),
    registration_confirmed int not null default 1`;
}

const MAILS = ['invoice', 'estimate', 'credit_note', 'contract', 'task', 'project', 'ticket']
  .map((kind) => `${kind}_emails tinyint(1) not null default 1`)
  .join(', ');

/** Columns of a table of people; likewise. */
export function personColumns(key: 'signed' | 'unsigned'): string {
  return `id int ${key} not null auto_increment primary key, userid int not null, is_primary int not null default 1,
    firstname varchar(191) not null, lastname varchar(191) not null, email varchar(100) not null,
    phonenumber varchar(100) not null, title varchar(100), datecreated datetime not null, password varchar(255),
    new_pass_key varchar(32), new_pass_key_requested datetime, email_verified_at datetime,
    email_verification_key varchar(32), email_verification_sent_at datetime, last_ip varchar(40),
    last_login datetime, last_password_change datetime, active tinyint(1) not null default 1,
    profile_image varchar(191), direction varchar(3), ${MAILS}`;
}

/** Columns of the tables of customers and their people, alike in all versions. */
export function customerTables(): Record<string, string> {
  return {
    clients: `${companyColumns('signed')}, key company (company), key country (country), key active (active),
      key leadid (leadid)`,
    contacts: `${personColumns('signed')}, key userid (userid), key firstname (firstname), key lastname (lastname),
      key email (email), key is_primary (is_primary)`,
    countries: `country_id int not null auto_increment primary key, iso2 char(2), short_name varchar(80) not null,
      long_name varchar(80) not null, iso3 char(3), numcode varchar(6), un_member varchar(12),
      calling_code varchar(8), cctld varchar(5)`,
  };
}

/** Address columns as every document copies them. */
export const DOCUMENT_ADDRESSES = `${ADDRESS('billing')}, ${ADDRESS('shipping')}`;
