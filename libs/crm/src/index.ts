export { createPerfexCrm, type PerfexCrmOptions } from './perfex/perfex-crm.js';
export * from './http/index.js';
