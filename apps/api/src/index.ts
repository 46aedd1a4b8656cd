export { createApi } from './create-api.js';
export type { ApiDependencies, XeroOAuth } from './dependencies.js';
export { type RunningApi, openApi } from './open-api.js';
