export * from './ports/crm.js';
