import type { XeroPort } from '@sync/engine';
import { type Address, addressOf } from './addresses.js';
import { ENDPOINTS } from './endpoints.js';

/** Xero takes about 3.5 MB; in bytes. */
const LARGEST_BODY = 3_400_000;

type Call = ReturnType<XeroPort['compose']>[number];
type Addressed = Address & { index: number };

/** Writing calls for these elements: one a path, cut where the batch or the body would grow too large, order kept. */
export const compose: XeroPort['compose'] = ({ entity, action, elements }) => {
  const groups = new Map<string, Addressed[]>();
  elements.forEach((element, index) => {
    const address = { ...addressOf(entity, action, element), index };
    const key = address.list === null ? `alone ${index}` : address.path;
    const group = groups.get(key);
    if (group) group.push(address);
    else groups.set(key, [address]);
  });
  return [...groups.values()].flatMap((group) => callsOf(group, ENDPOINTS[entity].batchMax));
};

function callsOf(group: readonly Addressed[], batchMax: number): Call[] {
  const [first] = group;
  if (first === undefined) return [];
  const { method, path, list } = first;
  if (list === null)
    return group.map(({ body, index }) => ({ method, path, body: textOf(body), indexes: [index] }));
  const calls: Call[] = [];
  let parts: string[] = [];
  let indexes: number[] = [];
  let bytes = 0;
  const close = (): void => {
    if (parts.length > 0) calls.push({ method, path, body: `{"${list}":[${parts.join(',')}]}`, indexes });
    [parts, indexes, bytes] = [[], [], list.length + 8];
  };
  close();
  for (const { body, index } of group) {
    const part = textOf(body);
    const size = Buffer.byteLength(part) + 1;
    // Two that are alike could not be told apart in the reply.
    if (parts.length === batchMax || bytes + size > LARGEST_BODY || parts.includes(part)) close();
    parts.push(part);
    indexes.push(index);
    bytes += size;
  }
  close();
  return calls;
}

function textOf(body: Address['body']): string {
  return body === null ? '' : JSON.stringify(body);
}
