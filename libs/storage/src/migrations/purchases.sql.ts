/**
 * Vendors may share a contact, as customers may. What an organization had switched off stays off, and so do the entities
 * that are new: nothing flows that nobody asked for, an admin turns them on. What is gone from one side stays on the
 * other, as before. Xero's tax rates are read anew, since what was kept of them does not say whether they apply to
 * purchases. The weekly listings of everything do not all begin with the update.
 */
export const PURCHASES = [
  `drop index binding_xero_once`,
  `create unique index binding_xero_once on binding (organization_id, entity, role, xero_id)
    where xero_id is not null and entity not in ('customers', 'vendors', 'taxes')`,
  `alter table organization add column reference_asked_at timestamptz(3)`,
  `create table reference_copy (
    organization_id uuid not null references organization (id) on delete cascade,
    kind text not null check (kind in ('crm', 'documents')),
    data jsonb not null,
    read_at timestamptz(3) not null,
    primary key (organization_id, kind)
  )`,
  `update organization set settings = (settings - 'entities') || jsonb_build_object('directions',
      (select jsonb_object_agg(e.entity, 'off') from unnest(array['vendors', 'credit-notes', 'credit-applications',
        'refunds', 'expenses', 'purchase-orders']) as e (entity))
      || coalesce((select jsonb_object_agg(e.entity, 'off')
        from unnest(array['taxes', 'customers', 'items', 'invoices', 'payments']) as e (entity)
        where not settings->'entities' ? e.entity), '{}'::jsonb)
      || coalesce(settings->'directions', '{}'::jsonb))`,
  `update organization set settings = '{"goneFromCrm": "ignore", "goneFromXero": "ignore"}'::jsonb || settings`,
  `update xero_checkpoint set full_at = now() - random() * interval '6 days' where fresh_as_of is not null`,
  `update organization set reference_read_at = null`,
];
