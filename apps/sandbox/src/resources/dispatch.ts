import { BadBody, BadQuery, ElementRefused, UnknownId } from '../wire/refusal.js';
import { Answered, exception, notFound, type Reply, refusedElement, text } from '../wire/reply.js';
import type { ApiCall, Resource } from './api-call.js';
import { overpayments, prepayments } from './advances.js';
import { bankTransactions } from './bank-transactions.js';
import { batchPayments } from './batch-payments.js';
import { brandingThemes } from './branding-themes.js';
import { contacts } from './contacts.js';
import { creditNotes } from './credit-notes.js';
import { invoices } from './invoices.js';
import { items } from './items.js';
import { organisation } from './organisation.js';
import { payments } from './payments.js';
import { purchaseOrders } from './purchase-orders.js';
import { accounts, currencies, taxRates } from './settings.js';
import { trackingCategories } from './tracking-categories.js';

const resources: ReadonlyMap<string, Resource> = new Map(
  Object.entries({
    organisation,
    organisations: organisation,
    accounts,
    taxRates,
    currencies,
    brandingThemes,
    trackingCategories,
    contacts,
    items,
    invoices,
    creditNotes,
    overpayments,
    prepayments,
    payments,
    batchPayments,
    bankTransactions,
    purchaseOrders,
  }).map(([name, resource]) => [name.toLowerCase(), resource]),
);

/** The resource that a path names. */
export const resourceNamed = (name: string | undefined): Resource | undefined =>
  resources.get((name ?? '').toLowerCase());

/** Carries out a call in one transaction: what is refused leaves nothing behind. */
export function dispatch(call: ApiCall): Reply {
  const resource = resourceOf(call.segments);
  const verb = call.method.toLowerCase();
  if (!resource) return notFound();
  const handle =
    verb === 'get' || verb === 'put' || verb === 'post' || verb === 'delete' ? resource[verb] : undefined;
  if (!handle) return text(501, 'The method is not implemented for this resource');
  if (call.books.organisation(call.tenant.id).offline) return text(503, 'The Organisation is offline');
  try {
    return call.books.transact(() => handle(call));
  } catch (error) {
    return refusal(error);
  }
}

function resourceOf(segments: readonly string[]): Omit<Resource, 'scopes'> | undefined {
  const resource = resourceNamed(segments[0]);
  if (segments.length <= 2) return resource;
  return segments.length > 4 ? undefined : resource?.below?.[segments[2]?.toLowerCase() ?? ''];
}

function refusal(error: unknown): Reply {
  if (error instanceof Answered) return error.reply;
  if (error instanceof UnknownId) return notFound();
  if (error instanceof BadQuery) return exception('QueryParseException', 16, error.message);
  if (error instanceof BadBody) return exception('PostDataInvalidException', 17, error.message);
  if (error instanceof ElementRefused) {
    const element = refusedElement({}, 'ID', error.messages);
    return exception('ValidationException', 10, 'A validation exception occurred', [element]);
  }
  throw error;
}
