export * from './ports/admin.js';
export * from './ports/call-log.js';
export * from './ports/crm.js';
export * from './ports/stores.js';
export * from './ports/token-vault.js';
export * from './ports/xero.js';
