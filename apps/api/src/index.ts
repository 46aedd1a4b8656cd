export { createApi } from './create-api.js';
export type { ApiDependencies, XeroAppLogin, XeroOAuth } from './dependencies.js';
