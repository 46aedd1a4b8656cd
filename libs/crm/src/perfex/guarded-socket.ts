import { SyncError } from '@sync/domain';
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { BlockList, connect, isIP, Socket } from 'node:net';

/** Whom to connect to, and whether inner networks are allowed. */
export interface GuardedTarget {
  host: string;
  port: number;
  allowPrivateAddresses: boolean;
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

const PRIVATE = privateNetworks();

/**
 * Opens a socket whose address was checked after its name was looked up: the very address that is connected to, so that
 * a name that changes its mind between check and use gains nothing.
 */
export function connectGuarded({ host, port, allowPrivateAddresses }: GuardedTarget): Socket {
  if (allowPrivateAddresses) return prepared(connect({ host, port }));
  if (isIP(host) !== 0 && isPrivateAddress(host)) {
    return failing(refusal(host));
  }
  return prepared(connect({ host, port, lookup: lookupPublic }));
}

/** Whether an IP address belongs to this machine, its network, or is otherwise not of the public internet. */
export function isPrivateAddress(address: string): boolean {
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function lookupPublic(host: string, options: LookupOptions, done: LookupCallback): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const refused = (addresses ?? []).some(({ address }) => isPrivateAddress(address));
    if (error !== null) done(error, []);
    else if (refused) done(refusal(host), []);
    else if (options.all === true) done(null, addresses);
    else done(null, addresses[0]?.address ?? '', addresses[0]?.family);
  });
}

function prepared(socket: Socket): Socket {
  return socket.setNoDelay(true).setKeepAlive(true, 10_000);
}

function failing(error: Error): Socket {
  return new Socket().destroy(error);
}

function refusal(host: string): SyncError {
  const reason = `${host} is an address of a private network, which is not allowed here`;
  return new SyncError('validation', `Perfex database: ${reason}.`, {
    code: 'CRM_UNREACHABLE',
    meta: { reason },
  });
}

function privateNetworks(): BlockList {
  const list = new BlockList();
  const ranges4 = [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
  ];
  ranges4.push('192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4');
  const ranges6 = ['::/128', '::1/128', 'fc00::/7', 'fe80::/10', 'ff00::/8', '64:ff9b::/96'];
  for (const range of ranges4) addRange(list, range, 'ipv4');
  for (const range of ranges6) addRange(list, range, 'ipv6');
  return list;
}

function addRange(list: BlockList, range: string, family: 'ipv4' | 'ipv6'): void {
  const [network = '', bits = ''] = range.split('/');
  list.addSubnet(network, Number(bits), family);
}
