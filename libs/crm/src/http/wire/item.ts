import { plain } from '@sync/domain';
import { z } from 'zod';
import { plainLine, plainTextOrNull } from '../../plain-text.js';
import { decoder } from './decoder.js';
import { number, optionalText, stamps, taxesOf, wireTax } from './parts.js';

/** An item of the catalogue. */
const wireItem = z.object({
  ...stamps,
  code: optionalText,
  name: optionalText,
  description: optionalText,
  price: number,
  taxes: z.array(wireTax).nullish(),
});

/** An item without a name is read all the same: the engine says what is missing. */
export const decodeItem = decoder({
  entity: 'items',
  schema: wireItem,
  toCanonical: (wire) => ({
    id: wire.id,
    code: plainLine(wire.code),
    name: plainLine(wire.name) ?? '',
    description: plainTextOrNull(wire.description),
    unitPrice: plain(wire.price),
    taxes: taxesOf(wire.taxes ?? []),
  }),
});
