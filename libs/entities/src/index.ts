import type { Definitions } from '@sync/engine';
import { customers } from './customers/definition.js';
import { invoices } from './invoices/definition.js';
import { items } from './items/definition.js';
import { payments } from './payments/definition.js';
import { taxes } from './taxes/definition.js';

export { itemCode } from './items/definition.js';

/** Every entity that the service keeps in step. */
export const definitions: Definitions = { taxes, customers, items, invoices, payments };
