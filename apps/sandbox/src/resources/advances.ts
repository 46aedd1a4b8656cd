import type { Advance } from '../books/records.js';
import { advanceById } from '../rules/advance-write.js';
import { fieldsOf } from '../wire/where.js';
import { allocationsBelow } from './allocations.js';
import { type ApiCall, envelope, type Resource, rulesOf } from './api-call.js';
import { advanceView } from './credit-note-view.js';
import { contactFields, dayValue, list, oneOf } from './listing.js';

/** `/Overpayments` and `/Prepayments` with their allocations; bank transactions make them. */
const resourceOf = (kind: Advance['kind'], name: string): Resource => ({
  scopes: ['accounting.payments'],
  get: (call) => {
    const context = rulesOf(call);
    const id = call.segments[1];
    if (id === undefined) return listAdvances(call, kind, name);
    return envelope(call, { [name]: [advanceView(context, advanceById(context, kind, id), true)] });
  },
  below: {
    allocations: allocationsBelow((call, id) => {
      const credit = advanceById(rulesOf(call), kind, id);
      return { kind, side: credit.type === 'SPEND' ? 'purchase' : 'sales', credit };
    }),
  },
});

export const overpayments = resourceOf('overpayment', 'Overpayments');
export const prepayments = resourceOf('prepayment', 'Prepayments');

function listAdvances(call: ApiCall, kind: Advance['kind'], name: string): ReturnType<typeof list> {
  const context = rulesOf(call);
  const fields = fieldsOf<Advance>(
    {
      [kind === 'overpayment' ? 'OverpaymentID' : 'PrepaymentID']: (row) => row.id,
      Status: (row) => row.status,
      Type: (row) => `${row.type}-${row.kind.toUpperCase()}`,
      Date: (row) => dayValue(row.date),
      UpdatedDateUTC: (row) => row.updatedAt,
      RemainingCredit: (row) => Number(row.remainingCredit),
      ...contactFields(call),
    },
    ['Contact.Name'],
  );
  const references = oneOf<Advance>(call, 'References', (row) => row.reference);
  return list(call, {
    name,
    rows: call.tenant.advances,
    fields,
    paged: true,
    since: true,
    filters: [(row) => row.kind === kind, ...(references ? [references] : [])],
    render: (row, paged) => advanceView(context, row, paged),
  });
}
