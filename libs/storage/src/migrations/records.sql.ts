/**
 * Bindings and the identity keys of Xero's records. `binding_xero_once` leaves out customers, of whom several may share
 * a contact, and taxes, of which several sets may stand for one rate.
 */
export const RECORD_TABLES = [
  `create table binding (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references organization (id),
    entity text not null,
    role text not null default 'main',
    crm_id text,
    xero_id text,
    generation integer not null default 1,
    status text not null
      check (status in ('pending', 'waiting', 'synced', 'parked', 'failed', 'excluded')),
    reason text,
    label text,
    crm_snapshot jsonb,
    crm_hash text,
    xero_snapshot jsonb,
    xero_hash text,
    codec_version integer not null default 0,
    birth_mark text,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    constraint binding_crm unique (organization_id, entity, role, crm_id)
  )`,
  `create unique index binding_xero_once on binding (organization_id, entity, role, xero_id)
    where xero_id is not null and entity not in ('customers', 'taxes')`,
  `create index binding_xero on binding (organization_id, entity, xero_id) where xero_id is not null`,
  `create index binding_list on binding (organization_id, entity, status, updated_at, id)`,
  `create index binding_recent on binding (organization_id, updated_at, id)`,
  `create table xero_identity (
    organization_id uuid not null references organization (id) on delete cascade,
    entity text not null,
    xero_id text not null,
    marker text,
    number text,
    name text,
    email text,
    tax_number text,
    parent_xero_id text,
    currency text,
    date date,
    total text,
    live boolean not null,
    derived jsonb not null,
    owned jsonb not null,
    updated_at timestamptz(3),
    primary key (organization_id, entity, xero_id)
  )`,
  `create index xero_identity_marker on xero_identity (organization_id, entity, marker)`,
  `create index xero_identity_number on xero_identity (organization_id, entity, lower(number))`,
  `create index xero_identity_name on xero_identity (organization_id, entity, lower(name))`,
  `create index xero_identity_email on xero_identity (organization_id, entity, lower(email))`,
  `create index xero_identity_tax on xero_identity
    (organization_id, entity, regexp_replace(upper(tax_number), '[^A-Z0-9]', '', 'g'))`,
  `create index xero_identity_parent on xero_identity (organization_id, entity, parent_xero_id, total)`,
  `create table identity_freshness (
    organization_id uuid not null references organization (id) on delete cascade,
    entity text not null,
    fresh_as_of timestamptz(3) not null,
    primary key (organization_id, entity)
  )`,
];
