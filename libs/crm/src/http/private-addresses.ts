export { isPublicAddress } from '../private-addresses.js';
