export { composeService, type Service, type ServiceRequest } from './compose-service.js';
export { createCrmConnections, type CrmConnections } from './crm-connections.js';
export { createDatabaseClock, type DatabaseClock } from './database-clock.js';
export { createDoorbell } from './doorbell.js';
export { type ReachedTenant, reachedTenants } from './reached-tenants.js';
export { runProcess } from './run-process.js';
export { createXeroWebhooks, webhooksOf, type XeroWebhooks } from './xero-webhooks.js';
