/**
 * The backlog and what is told about it. No foreign keys here: these rows are written by the thousand from hints, sweeps
 * and settlements at once, and a key check takes a lock on the parent row in whatever order the rows come, where all
 * writers otherwise lock operations in the order of their binding ids. Whoever deletes a binding deletes what hangs on it.
 */
export const LEDGER_TABLES = [
  `create table sync_operation (
    binding_id uuid primary key,
    organization_id uuid not null,
    entity text not null,
    lane text not null check (lane in ('event', 'backfill')),
    state text not null check (state in ('due', 'waiting', 'parked')),
    due_at timestamptz(3) not null,
    version integer not null default 1,
    claim_id text,
    claim_fence integer,
    claimed_at timestamptz(3),
    attempts integer not null default 0,
    looked_again boolean not null default false,
    wanted_elsewhere boolean not null default true,
    position bigint generated always as identity,
    created_at timestamptz(3) not null
  ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)`,
  `create index sync_operation_due on sync_operation (organization_id, entity, lane, due_at, position)
    where state = 'due' and claim_id is null`,
  `create index sync_operation_claimed on sync_operation (organization_id, claim_id) where claim_id is not null`,
  `create index sync_operation_asleep on sync_operation (organization_id, entity, state) where state <> 'due'`,
  `create table operation_wait (
    organization_id uuid not null,
    binding_id uuid not null,
    parent_id uuid not null,
    primary key (organization_id, binding_id, parent_id)
  )`,
  `create index operation_wait_child on operation_wait (binding_id)`,
  `create table write_batch (
    id text primary key,
    organization_id uuid not null,
    connection_id uuid not null,
    fence integer not null,
    entity text not null,
    action text not null check (action in ('create', 'update')),
    lane text not null,
    method text not null,
    path text not null,
    body bytea not null,
    idempotency_key text,
    members jsonb not null,
    first_sent_at timestamptz(3),
    quiet_until timestamptz(3),
    created_at timestamptz(3) not null
  )`,
  `create index write_batch_connection on write_batch (connection_id, created_at)`,
  `create table checkpoint (
    organization_id uuid not null references organization (id) on delete cascade,
    entity text not null,
    cursor text,
    version integer not null default 0,
    last_full_at timestamptz(3),
    last_deep_at timestamptz(3),
    next_at timestamptz(3),
    holder text,
    holder_expires_at timestamptz(3),
    primary key (organization_id, entity)
  )`,
];
