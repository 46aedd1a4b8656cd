export { createApi } from './create-api.js';
export type { ApiDependencies, XeroOAuth } from './dependencies.js';
export { type RunningApi, startApi } from './start-api.js';
