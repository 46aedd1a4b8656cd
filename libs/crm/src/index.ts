export { createPerfexCrm, type PerfexCrmOptions } from './perfex/perfex-crm.js';
