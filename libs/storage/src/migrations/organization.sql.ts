/** An organization, its mappings, its keys, and the sessions of people. */
export const ORGANIZATION_TABLES = [
  `create table organization (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    crm_connection_id uuid not null references crm_connection (id),
    xero_connection_id uuid not null references xero_connection (id),
    settings jsonb not null,
    mappings_confirmed_at timestamptz(3),
    reference jsonb,
    reference_read_at timestamptz(3),
    created_at timestamptz(3) not null
  )`,
  `create index organization_crm on organization (crm_connection_id)`,
  `create index organization_xero on organization (xero_connection_id)`,
  `create table mapping (
    organization_id uuid not null references organization (id) on delete cascade,
    kind text not null check (kind in ('account', 'tax', 'payment-mode')),
    key text not null,
    label text not null,
    value text,
    source text not null check (source in ('suggested', 'confirmed')),
    reason text,
    updated_at timestamptz(3) not null,
    primary key (organization_id, kind, key)
  )`,
  `create table api_key (
    id uuid primary key default gen_random_uuid(),
    kind text not null check (kind in ('installation', 'organization', 'crm-connection')),
    name text not null,
    key_hash bytea not null,
    organization_id uuid references organization (id) on delete cascade,
    crm_connection_id uuid references crm_connection (id) on delete cascade,
    created_at timestamptz(3) not null,
    last_used_at timestamptz(3),
    revoked_at timestamptz(3),
    constraint api_key_hash unique (key_hash)
  )`,
  `create index api_key_organization on api_key (organization_id)`,
  `create table session (
    sid varchar primary key,
    sess json not null,
    expire timestamp(6) not null
  )`,
  `create index session_expire on session (expire)`,
];
