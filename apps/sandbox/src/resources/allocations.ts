import type { Allocation } from '../books/records.js';
import { allocate, type CreditSource, deleteAllocation } from '../rules/allocation-write.js';
import { json } from '../wire/reply.js';
import { allocationInput } from '../wire/money-inputs.js';
import { wireDay } from '../wire/values.js';
import { writtenAllocation } from './allocation-view.js';
import { type ApiCall, type Resource, rulesOf } from './api-call.js';
import { writeBatch } from './write-batch.js';

/** `…/{id}/Allocations` below a kind of credit: PUT allocates, DELETE of one takes it back. */
export const allocationsBelow = (
  sourceOf: (call: ApiCall, key: string) => CreditSource,
): Omit<Resource, 'scopes' | 'below'> => ({
  put: (call) =>
    writeBatch(call, {
      name: 'Allocations',
      idKey: 'AllocationID',
      errorFlag: 'HasValidationErrors',
      schema: allocationInput,
      // Each allocation looks at the credit anew, since the one before it took something away.
      save: (context, input) => ({
        row: allocate(context, sourceOf(call, call.segments[1] ?? ''), input),
        warnings: [],
      }),
      render: writtenAllocation,
      summarizes: true,
    }),
  delete: (call) => {
    const { credit } = sourceOf(call, call.segments[1] ?? '');
    return json(200, deleted(deleteAllocation(rulesOf(call), credit.id, call.segments[3] ?? '')));
  },
});

const deleted = (row: Allocation): Record<string, unknown> => ({
  AllocationID: row.id,
  Date: wireDay(row.date),
  Invoice: { InvoiceID: row.invoiceId },
  IsDeleted: true,
});
