import { taxSetKey } from '@sync/domain';
import { z } from 'zod';
import { decoder } from './decoder.js';
import { stamps, taxesOf, wireTax } from './parts.js';

/** A tax of the CRM's list. */
const wireTaxRecord = z.object({ ...stamps, ...wireTax.shape });

/** A tax row stands for the set of this one tax, and has that set's id. */
export const decodeTax = decoder({
  entity: 'taxes',
  schema: wireTaxRecord,
  toCanonical: (wire) => {
    const components = taxesOf([wire]);
    return { id: taxSetKey(components), components };
  },
});
