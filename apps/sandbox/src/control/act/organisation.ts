import { z } from 'zod';
import { organisationOf, type RuleContext } from '../../rules/context.js';
import { actionNames } from '../../resources/organisation.js';
import { refuse } from '../../wire/refusal.js';
import { type Act, type Acts, fieldsIn } from './act.js';

const changeable = z.object({
  name: z.string().optional(),
  periodLockDate: z.iso.date().nullable().optional(),
  endOfYearLockDate: z.iso.date().nullable().optional(),
  reuseVoidedNumbers: z.boolean().optional(),
  offline: z.boolean().optional(),
});

function change(context: RuleContext, fields: Record<string, unknown>): unknown {
  const { books } = context;
  return books.organisations.put({ ...organisationOf(context), ...fields, updatedAt: books.stamp() });
}

function setRight({ context, fields }: Act, allowed: boolean): unknown {
  const name = fields.name ?? 'CreateApprovedInvoice';
  const known = actionNames.find((one) => one === name);
  if (!known) refuse(`fields.name must be one of ${actionNames.join(', ')}`);
  const others = organisationOf(context).deniedActions.filter((denied) => denied !== known);
  return change(context, { deniedActions: allowed ? others : [...others, known] });
}

// A customer who disconnects in Xero: the connection is gone for every app that had one.
function disconnect({ context }: Act): unknown {
  const { connections } = context.books;
  const gone = connections.inOrder().filter(({ tenantId }) => tenantId === context.tenant.id);
  for (const { id } of gone) connections.delete(id);
  return { disconnected: gone.length };
}

export const organisation: Acts = {
  set: ({ context, fields }) => change(context, fieldsIn(changeable, fields)),
  deny: (act) => setRight(act, false),
  allow: (act) => setRight(act, true),
  offline: ({ context }) => change(context, { offline: true }),
  online: ({ context }) => change(context, { offline: false }),
  disconnect,
};
