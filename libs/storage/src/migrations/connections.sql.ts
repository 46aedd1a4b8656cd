/** Global tables: who is connected, and what is known of each connection's calls. */
export const CONNECTION_TABLES = [
  `create table xero_authorization (
    id uuid primary key default gen_random_uuid(),
    client_id text not null,
    client_secret text not null,
    access_token text not null,
    refresh_token text,
    access_expires_at timestamptz(3) not null,
    state text not null default 'active' check (state in ('active', 'needs-reconnect')),
    state_reason text,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null
  )`,
  `create table xero_connection (
    id uuid primary key default gen_random_uuid(),
    authorization_id uuid not null references xero_authorization (id),
    client_id text not null,
    tenant_id text not null,
    tenant_name text not null,
    xero_connection_id text not null,
    day_limit integer not null,
    minute_held_until timestamptz(3),
    day_held_until timestamptz(3),
    created_at timestamptz(3) not null,
    constraint xero_connection_tenant unique (client_id, tenant_id)
  )`,
  `create index xero_connection_authorization on xero_connection (authorization_id)`,
  `create table crm_connection (
    id uuid primary key default gen_random_uuid(),
    kind text not null check (kind in ('http', 'perfex')),
    address text not null,
    config text not null,
    created_at timestamptz(3) not null
  )`,
  `create table connection_lease (
    connection_id uuid primary key,
    holder text not null,
    fence integer not null,
    expires_at timestamptz(3) not null
  )`,
  `create table connection_call (
    id bigint generated always as identity primary key,
    connection_id uuid not null,
    method text not null,
    path text not null,
    lane text not null,
    sent_at timestamptz(3) not null,
    deadline_at timestamptz(3) not null,
    finished_at timestamptz(3),
    status integer,
    correlation_id text
  )`,
  `create index connection_call_sent on connection_call (connection_id, sent_at)`,
  `create index connection_call_open on connection_call (connection_id) where finished_at is null`,
  `create table crm_fingerprint_bucket (
    crm_connection_id uuid not null references crm_connection (id) on delete cascade,
    entity text not null,
    bucket integer not null,
    hash text not null,
    primary key (crm_connection_id, entity, bucket)
  )`,
  `create table crm_fingerprint_record (
    crm_connection_id uuid not null references crm_connection (id) on delete cascade,
    entity text not null,
    record_id text not null,
    bucket integer not null,
    hash text not null,
    primary key (crm_connection_id, entity, record_id)
  )`,
  `create index crm_fingerprint_record_bucket on crm_fingerprint_record (crm_connection_id, entity, bucket)`,
];
