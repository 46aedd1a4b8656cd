/** Runs, history and issues: what people are told. */
export const TELLING_TABLES = [
  `create table run (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references organization (id) on delete cascade,
    mode text not null check (mode in ('incremental', 'full')),
    status text not null check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
    failure text,
    created_at timestamptz(3) not null,
    started_at timestamptz(3),
    finished_at timestamptz(3)
  )`,
  `create index run_list on run (organization_id, created_at, id)`,
  `create index run_open on run (id) where status in ('queued', 'running')`,
  `create table run_sweep (
    organization_id uuid not null,
    run_id uuid not null references run (id) on delete cascade,
    entity text not null,
    done_at timestamptz(3),
    primary key (run_id, entity)
  )`,
  `create table run_operation (
    organization_id uuid not null,
    run_id uuid not null,
    binding_id uuid not null,
    entity text not null,
    outcome text,
    primary key (run_id, binding_id)
  )`,
  `create index run_operation_open on run_operation (binding_id) where outcome is null`,
  `create index run_operation_unfinished on run_operation (run_id) where outcome is null`,
  `create table history_entry (
    id bigint generated always as identity primary key,
    organization_id uuid not null,
    binding_id uuid not null,
    at timestamptz(3) not null,
    what text not null,
    detail jsonb not null,
    run_id uuid
  )`,
  `create index history_entry_record on history_entry (organization_id, binding_id, id)`,
  `create index history_entry_at on history_entry (at)`,
  `create table issue (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null,
    code text not null,
    scope text not null check (scope in ('record', 'mapping', 'entity', 'organization')),
    severity text not null check (severity in ('blocking', 'warning')),
    entity text,
    binding_id uuid,
    meta jsonb not null,
    first_seen_at timestamptz(3) not null,
    last_seen_at timestamptz(3) not null,
    count integer not null default 1,
    resolved_at timestamptz(3),
    probe_at timestamptz(3)
  )`,
  `create unique index issue_open_record on issue (organization_id, binding_id, code)
    where resolved_at is null and binding_id is not null`,
  `create unique index issue_open_scope on issue (organization_id, coalesce(entity, ''), code)
    where resolved_at is null and binding_id is null`,
  `create index issue_open_code on issue (organization_id, code) where resolved_at is null`,
  `create index issue_list on issue (organization_id, first_seen_at, id)`,
  `create index issue_record on issue (organization_id, binding_id)`,
];
