import { type Tax, taxSetKey } from '@sync/domain';
import { taxId } from './parents.js';
import type { WriteSession } from './write-session.js';
import type { Writer } from './writer.js';

/**
 * Taxes are only added: lines keep copies of name and rate, items and expenses point at the row, so that a row which
 * changed would change what was already booked. A set of several taxes is there once each of them is.
 */
export const taxWriter: Writer<'taxes'> = {
  rights: { taxes: ['INSERT'] },
  lock: () => Promise.resolve(),
  create: addTaxes,
  update: (session, { record }) => addTaxes(session, record),
};

async function addTaxes(session: WriteSession, { components }: Tax): Promise<string> {
  for (const component of components) await taxId(session, component);
  return taxSetKey(components);
}
