export { type RunningSandbox, type SandboxOptions, startSandbox } from './start.js';
export { DEFAULT_APP } from './books/new-tenant.js';
export { SAMPLE_CRM_KEY } from './crm/index.js';
