import type { XeroPort } from '@sync/engine';
import { ENDPOINTS, pathOf } from './endpoints.js';

/** Xero takes about 3.5 MB; in bytes. */
const LARGEST_BODY = 3_400_000;

type Composed = ReturnType<XeroPort['compose']>;

/** Writing calls for these elements: cut where the batch or the body would grow too large, order kept. */
export const compose: XeroPort['compose'] = ({ entity, action, elements }) => {
  const { resource, writeQuery, batchMax } = ENDPOINTS[entity];
  const method = action === 'create' ? 'PUT' : 'POST';
  const path = pathOf(resource, writeQuery);
  const open = `{"${resource}":[`;
  const calls: Composed = [];
  let parts: string[] = [];
  let indexes: number[] = [];
  let bytes = 0;
  const close = (): void => {
    if (parts.length > 0) calls.push({ method, path, body: `${open}${parts.join(',')}]}`, indexes });
    [parts, indexes, bytes] = [[], [], open.length + 2];
  };
  close();
  elements.forEach((element, index) => {
    const part = JSON.stringify(element);
    const size = Buffer.byteLength(part) + 1;
    if (parts.length === batchMax || bytes + size > LARGEST_BODY) close();
    parts.push(part);
    indexes.push(index);
    bytes += size;
  });
  close();
  return calls;
};
