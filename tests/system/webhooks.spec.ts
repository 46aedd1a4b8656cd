import { proveToldChangesReachTheCrm, proveWebhooksArrive } from './webhooks.js';

describe('webhooks of Xero', () => {
  proveWebhooksArrive(30_000);
});

describe('what a webhook tells of reaches the CRM', () => {
  proveToldChangesReachTheCrm(60_000);
});
