/** Xero apps besides the configured one, each with the key of its webhooks, sealed. */
export const XERO_APPS = [
  `create table xero_app (
    id uuid primary key default gen_random_uuid(),
    client_id text not null,
    webhook_key text not null,
    created_at timestamptz(3) not null,
    constraint xero_app_client unique (client_id)
  )`,
];
