export { createApi } from './create-api.js';
export type { ApiDependencies } from './dependencies.js';
export { type RunningApi, openApi } from './open-api.js';
