import type { Entity } from '@sync/domain';
import type { EncodeRequest, EncodeResult } from '@sync/engine';
import type { Codec } from './codec.js';
import { customersCodec } from './customers.js';
import { invoicesCodec } from './invoices.js';
import { itemsCodec } from './items.js';
import { paymentsCodec } from './payments.js';
import { taxesCodec } from './taxes.js';

/** The codec of each entity. */
export const CODECS: { readonly [E in Entity]: Codec<E> } = {
  taxes: taxesCodec,
  customers: customersCodec,
  items: itemsCodec,
  invoices: invoicesCodec,
  payments: paymentsCodec,
};

/** The wire form of a record, by the codec of its entity. */
export function encode<E extends Entity>(request: EncodeRequest<E>): EncodeResult {
  const codec: Codec<E> = CODECS[request.entity];
  return codec.encode(request);
}
