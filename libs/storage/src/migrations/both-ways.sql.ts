/**
 * The other direction: how far Xero has been read, what of a binding was agreed there, what webhooks told, what is being
 * written into the CRM, conflicts, and the brake for mass changes.
 */
export const BOTH_WAYS = [
  `alter table identity_freshness rename to xero_checkpoint`,
  `alter table xero_checkpoint alter column fresh_as_of drop not null`,
  `alter table xero_checkpoint
    add column full_at timestamptz(3),
    add column next_at timestamptz(3),
    add column wanted boolean not null default false,
    add column pull_from timestamptz(3),
    add column reading jsonb`,
  `alter table xero_identity
    add column seen_at timestamptz(3),
    add column codec_version integer not null default 1`,
  `alter table binding
    add column xero_derived jsonb,
    add column xero_updated_at timestamptz(3),
    add column xero_codec_version integer not null default 0,
    add column crm_writes integer not null default 0`,
  `update binding set xero_codec_version = codec_version`,
  `create unique index binding_stub_once on binding (organization_id, entity, role, xero_id)
    where crm_id is null and xero_id is not null`,
  `alter table sync_operation add column crm_hinted_at timestamptz(3)`,
  `alter table mapping drop constraint mapping_kind_check`,
  `alter table mapping add constraint mapping_kind_check
    check (kind in ('account', 'tax', 'purchase-tax', 'payment-mode', 'expense-category'))`,
  `alter table write_batch drop constraint write_batch_action_check`,
  `alter table write_batch add constraint write_batch_action_check check (action in ('create', 'update', 'void'))`,
  `create table xero_webhook (
    connection_id uuid not null,
    category text not null,
    resource_id text not null,
    event_at timestamptz(3),
    received_at timestamptz(3) not null,
    received integer not null default 1,
    due_at timestamptz(3) not null,
    primary key (connection_id, category, resource_id)
  )`,
  `create table xero_webhook_source (
    connection_id uuid not null,
    category text not null,
    last_at timestamptz(3) not null,
    primary key (connection_id, category)
  )`,
  `create table crm_write (
    binding_id uuid primary key,
    organization_id uuid not null,
    entity text not null,
    key text not null,
    intent jsonb not null,
    created_at timestamptz(3) not null
  )`,
  `create table conflict (
    organization_id uuid not null,
    binding_id uuid not null,
    field text not null,
    crm_value jsonb not null,
    xero_value jsonb not null,
    crm_seen_at timestamptz(3),
    xero_updated_at timestamptz(3),
    choice text check (choice in ('crm', 'xero')),
    opened_at timestamptz(3) not null,
    chosen_at timestamptz(3),
    primary key (binding_id, field)
  )`,
  `create index conflict_list on conflict (organization_id, opened_at, binding_id)`,
  `create table grave_change (
    organization_id uuid not null,
    binding_id uuid not null,
    entity text not null,
    at timestamptz(3) not null,
    primary key (organization_id, binding_id)
  )`,
  `create index grave_change_at on grave_change (organization_id, at)`,
  `create table brake_release (
    organization_id uuid primary key,
    until timestamptz(3) not null
  )`,
];
