import { z } from 'zod';
import type { Contact, Invoice } from '../books/records.js';
import { save as saveContact } from '../rules/contact-write.js';
import { mergeContact } from '../rules/contact-fields.js';
import { accountById, updateAccount } from '../rules/account-write.js';
import { organisationOf, type RuleContext } from '../rules/context.js';
import { enableCurrency } from '../rules/currency-write.js';
import { invoiceByKey, updateInvoice } from '../rules/invoice-write.js';
import { itemByKey, upsertItem } from '../rules/item-write.js';
import { createPayment, deletePayment, paymentById } from '../rules/payment-write.js';
import { refuse, UnknownId } from '../wire/refusal.js';
import { upsertTaxRate } from '../rules/tax-rate-write.js';
import { contactInput, currencyInput, itemInput, readElement, taxRateInput } from '../wire/inputs.js';
import { invoiceInput } from '../wire/document-inputs.js';
import { paymentInput } from '../wire/money-inputs.js';
import { actionNames } from '../resources/organisation.js';

/** Something that a person does in Xero. `id` may be an id, or a number, code, name or TaxType. */
export const actRequest = z.object({
  tenantId: z.string().optional(),
  entity: z.string(),
  id: z.string().optional(),
  number: z.string().optional(),
  action: z.string(),
  /** Fields under Xero's names; for the organisation under the sandbox's own. */
  fields: z.record(z.string(), z.unknown()).default({}),
});
export type ActRequest = z.output<typeof actRequest>;

interface Act {
  readonly context: RuleContext;
  readonly key: string;
  readonly fields: Record<string, unknown>;
}

type Acts = Readonly<Record<string, (act: Act) => unknown>>;

/** Does it, by the same rules that hold for the API wherever a person is bound by them too. Returns the changed record. */
export function actInXero(context: RuleContext, request: ActRequest): unknown {
  const acts = entities[request.entity.toLowerCase().replace(/s$/, '')];
  if (!acts) refuse(`entity must be one of ${Object.keys(entities).join(', ')}`);
  const act = acts[request.action.toLowerCase()];
  if (!act) refuse(`action of ${request.entity} must be one of ${Object.keys(acts).join(', ')}`);
  return act({ context, key: request.id ?? request.number ?? '', fields: request.fields });
}

const invoiceTo =
  (status?: string) =>
  ({ context, key, fields }: Act): unknown => {
    const input = readElement(invoiceInput, { ...fields, ...(status && { Status: status }) });
    return updateInvoice(context, invoiceByKey(context, key), input).row;
  };

// A document that is not approved yet is deleted, one that is approved is voided: in Xero's own pages it is one button.
function voidInvoice(act: Act): unknown {
  const { status } = invoiceByKey(act.context, act.key);
  return invoiceTo(status === 'DRAFT' || status === 'SUBMITTED' ? 'DELETED' : 'VOIDED')(act);
}

function pay({ context, key, fields }: Act): unknown {
  const invoice: Invoice = invoiceByKey(context, key);
  const bank = context.tenant.accounts
    .inOrder()
    .find(({ type, status }) => type === 'BANK' && status === 'ACTIVE');
  const input = {
    Amount: invoice.amountDue,
    Account: { AccountID: bank?.id },
    ...fields,
    Invoice: { InvoiceID: invoice.id },
  };
  return createPayment(context, readElement(paymentInput, input)).row;
}

function contactNamed({ context, key }: Act): Contact {
  const { contacts } = context.tenant;
  const found =
    contacts.get(key) ?? contacts.by('number', key)[0] ?? contacts.by('name', key.toLowerCase())[0];
  return found ?? missing('contact', key);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function missing(what: string, key: string): never {
  throw new UnknownId(what, key);
}

const setContact = (act: Act, change: Partial<Contact>): Contact =>
  saveContact(act.context, { ...contactNamed(act), ...change, updatedAt: act.context.books.stamp() });

// The documents of the merged contact move to the one that stays.
function merge(act: Act): unknown {
  const { context, fields } = act;
  const from = contactNamed(act);
  const into = contactNamed({ ...act, key: textOf(fields.into) });
  if (from.id === into.id) refuse('A contact cannot be merged into itself');
  const updatedAt = context.books.stamp();
  for (const invoice of context.tenant.invoices.by('contact', from.id)) {
    context.tenant.invoices.put({ ...invoice, contactId: into.id, updatedAt });
  }
  return setContact(act, { status: 'ARCHIVED', mergedTo: into.id });
}

const organisationFields = z.strictObject({
  name: z.string().optional(),
  periodLockDate: z.iso.date().nullable().optional(),
  endOfYearLockDate: z.iso.date().nullable().optional(),
  reuseVoidedNumbers: z.boolean().optional(),
  offline: z.boolean().optional(),
});

function setOrganisation(context: RuleContext, change: Record<string, unknown>): unknown {
  const { books } = context;
  return books.organisations.put({ ...organisationOf(context), ...change, updatedAt: books.stamp() });
}

function setRight({ context, fields }: Act, allowed: boolean): unknown {
  const name = textOf(fields.name) || 'CreateApprovedInvoice';
  if (!actionNames.some((known) => known === name))
    refuse(`fields.name must be one of ${actionNames.join(', ')}`);
  const others = organisationOf(context).deniedActions.filter((denied) => denied !== name);
  return setOrganisation(context, { deniedActions: allowed ? others : [...others, name] });
}

function accountKeyed({ context, key }: Act) {
  return context.tenant.accounts.by('code', key)[0] ?? accountById(context, key);
}

function setAccount(act: Act, status: 'ACTIVE' | 'ARCHIVED'): unknown {
  const { context } = act;
  return context.tenant.accounts.put({ ...accountKeyed(act), status, updatedAt: context.books.stamp() });
}

function reconcile({ context, key }: Act): unknown {
  const payment = paymentById(context, key);
  return context.tenant.payments.put({ ...payment, isReconciled: true, updatedAt: context.books.stamp() });
}

// A customer who disconnects in Xero: the connection is gone for every app that had one.
function disconnect({ context }: Act): unknown {
  const gone = context.books.connections.inOrder().filter(({ tenantId }) => tenantId === context.tenant.id);
  for (const { id } of gone) context.books.connections.delete(id);
  return { disconnected: gone.length };
}

const entities: Readonly<Record<string, Acts>> = {
  organisation: {
    set: ({ context, fields }) => {
      const read = organisationFields.safeParse(fields);
      return read.success ? setOrganisation(context, read.data) : refuse(z.prettifyError(read.error));
    },
    deny: (act) => setRight(act, false),
    allow: (act) => setRight(act, true),
    offline: ({ context }) => setOrganisation(context, { offline: true }),
    online: ({ context }) => setOrganisation(context, { offline: false }),
    disconnect,
  },
  account: {
    archive: (act) => setAccount(act, 'ARCHIVED'),
    restore: (act) => setAccount(act, 'ACTIVE'),
    edit: (act) => updateAccount(act.context, { ...act.fields, AccountID: accountKeyed(act).id }),
  },
  currency: {
    enable: ({ context, key, fields }) =>
      enableCurrency(context, readElement(currencyInput, { Code: key, ...fields })),
  },
  contact: {
    edit: (act) => {
      const merged = mergeContact(contactNamed(act), readElement(contactInput, act.fields));
      return saveContact(act.context, { ...merged, updatedAt: act.context.books.stamp() });
    },
    archive: (act) => setContact(act, { status: 'ARCHIVED' }),
    restore: (act) => setContact(act, { status: 'ACTIVE', mergedTo: null }),
    merge,
  },
  item: {
    edit: ({ context, key, fields }) =>
      upsertItem(context, readElement(itemInput, { ...fields, ItemID: itemByKey(context, key).id })),
    delete: ({ context, key }) => context.tenant.items.delete(itemByKey(context, key).id),
  },
  invoice: {
    edit: invoiceTo(),
    approve: invoiceTo('AUTHORISED'),
    void: voidInvoice,
    delete: voidInvoice,
    pay,
  },
  payment: {
    delete: ({ context, key }) =>
      deletePayment(context, key, readElement(paymentInput, { Status: 'DELETED' })),
    reconcile,
  },
  tax: {
    edit: ({ context, key, fields }) =>
      upsertTaxRate(context, readElement(taxRateInput, { ...fields, TaxType: key })),
    delete: ({ context, key }) =>
      upsertTaxRate(context, readElement(taxRateInput, { TaxType: key, Status: 'DELETED' })),
  },
};
