/** What a connection asks for; each of them is needed by at least one endpoint that the service calls. */
export const XERO_SCOPES = [
  'offline_access',
  'accounting.contacts',
  'accounting.settings',
  'accounting.invoices',
  'accounting.payments',
  'accounting.banktransactions',
] as const;
