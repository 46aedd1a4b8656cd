import { taxSetKey } from '@sync/domain';
import { type Decoded, found, invalid } from './decoded.js';

/** A row of the table of taxes. */
export interface TaxRow {
  id: number;
  name: string;
  rate: string;
}

/** A tax row stands for the set that holds it alone: lines carry copies of name and rate, so those are its identity. */
export function decodeTax({ name, rate }: TaxRow): Decoded<'taxes'> {
  if (name.trim() === '') return invalid('the tax has no name');
  const components = [{ name: name.trim(), rate }];
  return found('taxes', { id: taxSetKey(components), components }, null);
}
