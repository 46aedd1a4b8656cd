import type { Entity } from '@sync/domain';
import type { OrganizationSettings } from './ports/organizations.js';
import type { WebhookCategory } from './ports/webhooks.js';

/** What is read by id. */
type ReadById = Exclude<Entity, 'credit-applications'>;

/** The entities under which each category may be read; the others of its listing are read with it. */
export const WEBHOOK_READERS: Readonly<Record<WebhookCategory, readonly ReadById[]>> = {
  CONTACT: ['customers', 'vendors'],
  INVOICE: ['invoices', 'bills'],
  CREDITNOTE: ['credit-notes'],
};

/** What is read under an entity: each category under the first of its entities that is on. */
export function categoryReadUnder(
  { directions }: Pick<OrganizationSettings, 'directions'>,
  entity: Entity,
): { category: WebhookCategory; reader: ReadById } | null {
  for (const category of ['CONTACT', 'INVOICE', 'CREDITNOTE'] as const) {
    const reader = WEBHOOK_READERS[category].find((one) => directions[one] !== 'off');
    if (reader === entity) return { category, reader };
  }
  return null;
}
