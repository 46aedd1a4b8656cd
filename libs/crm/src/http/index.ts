export { type AddressRules, readCrmUrl } from './address-guard.js';
export { createHttpCrm } from './http-crm.js';
export { isPublicAddress } from '../private-addresses.js';
export type { HttpCrmOptions } from './transport.js';
