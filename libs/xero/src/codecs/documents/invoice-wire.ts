import type { XeroDerived } from '@sync/engine';
import { z } from 'zod';
import { wireDay, wireNumber, wireText } from '../wire-values.js';
import { amountOf } from './document-decode.js';
import { documentWire } from './document-wire.js';

/** What is read of a sales invoice or a bill: Xero has both under one name. */
export const invoiceWire = documentWire.extend({
  InvoiceID: z.string(),
  InvoiceNumber: wireText,
  Url: wireText,
  DueDate: wireDay,
  AmountDue: wireNumber.nullish(),
  AmountPaid: wireNumber.nullish(),
  AmountCredited: wireNumber.nullish(),
});

/** What Xero derives of its payments and credits; undefined where the reply leaves it out. */
export function paidOf(invoice: z.infer<typeof invoiceWire>): {
  readonly [name in 'paid' | 'credited' | 'due']: XeroDerived[name] | undefined;
} {
  return {
    paid: amountOf(invoice.AmountPaid),
    credited: amountOf(invoice.AmountCredited),
    due: amountOf(invoice.AmountDue),
  };
}
