import { lookup as resolve, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { addressRefused } from './crm-errors.js';
import { isPublicAddress } from '../private-addresses.js';

/** Whether the address may lie in a private network: only where the operator, not a user, says so. */
export interface AddressRules {
  allowPrivateAddresses: boolean;
}

/**
 * Why a base address of a CRM can never be used, as its form shows; null where it may. Names are checked when they are
 * resolved, at each connection (`guardedLookup`).
 */
export function crmUrlProblem(text: string, { allowPrivateAddresses }: AddressRules): string | null {
  if (!URL.canParse(text)) return 'it is no URL such as https://crm.example.com/api';
  const url = new URL(text);
  return formProblem(url) ?? (allowPrivateAddresses ? null : exposureProblem(url));
}

/** The same of the host of a database. */
export function crmHostProblem(host: string, { allowPrivateAddresses }: AddressRules): string | null {
  if (allowPrivateAddresses || isIP(host) === 0 || isPublicAddress(host)) return null;
  return 'it lies in a private network';
}

/** Reads the base address of a CRM, as a user gave it; throws a SyncError that says why it cannot be used. */
export function readCrmUrl(text: string, rules: AddressRules): URL {
  const problem = crmUrlProblem(text, rules);
  if (problem !== null) throw addressRefused(problem);
  return new URL(text);
}

/**
 * Resolves a name for a connection. The connection goes to the addresses that were checked here, so that a name that
 * changes its address in between (DNS rebinding) gains nothing; one private address among several refuses all.
 */
export function guardedLookup({ allowPrivateAddresses }: AddressRules): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) callback(error, []);
      else if (first === undefined || !(allowPrivateAddresses || allPublic(addresses)))
        callback(addressRefused('its name leads to an address of a private network'), []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function allPublic(addresses: readonly LookupAddress[]): boolean {
  return addresses.every(({ address }) => isPublicAddress(address));
}

function formProblem(url: URL): string | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'it must begin with https://';
  if (url.username !== '' || url.password !== '') return 'it must not hold a user name or password';
  if (url.search !== '' || url.hash !== '') return 'it must not hold "?" or "#"';
  return null;
}

/** The URL parser has already turned `0x7f.1` and its like into plain addresses. */
function exposureProblem(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.protocol !== 'https:') return 'it must begin with https://';
  if (url.port !== '' && Number(url.port) < 1024)
    return `port ${url.port} is not allowed; use 443, or one from 1024 on`;
  if (isIP(host) !== 0 && !isPublicAddress(host)) return 'it lies in a private network';
  if (/(^|\.)(localhost|local|internal|home\.arpa)\.?$/.test(host))
    return 'its name is one of a private network';
  return null;
}
