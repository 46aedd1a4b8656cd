import { Socket } from 'node:net';
import { crmHostProblem, guardedLookup } from '../http/address-guard.js';
import { addressRefused } from '../http/crm-errors.js';

/** Whom to connect to, and whether addresses of private networks are allowed. */
export interface GuardedTarget {
  host: string;
  port: number;
  allowPrivateAddresses: boolean;
}

const KEEP_ALIVE_MS = 10_000;

/**
 * Opens a socket whose address is checked after its name was looked up: the very address that is connected to, so that a
 * name that changes its mind in between gains nothing.
 */
export function connectGuarded({ host, port, allowPrivateAddresses }: GuardedTarget): Socket {
  const socket = new Socket().setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
  const problem = crmHostProblem(host, { allowPrivateAddresses });
  if (problem !== null) return socket.destroy(addressRefused(problem));
  return socket.connect({ host, port, lookup: guardedLookup({ allowPrivateAddresses }) });
}
