import type { Tenant } from '../books/books.js';
import type { LineTracking, TrackingCategory } from '../books/records.js';
import type { LineInput } from '../wire/document-inputs.js';
import { refuse } from '../wire/refusal.js';

type Sent = NonNullable<LineInput['Tracking']>[number];

/** The tracking of a line as it was sent, by names or ids; undefined when none was sent. Half of one is left out. */
export function trackingOf(
  tenant: Tenant,
  { Tracking: sent }: LineInput,
): readonly LineTracking[] | undefined {
  if (!sent) return undefined;
  const given = sent.filter(
    (one) => (one.TrackingCategoryID ?? one.Name) && (one.TrackingOptionID ?? one.Option),
  );
  if (given.length > 2) refuse('A line can have at most 2 tracking categories');
  return given.map((one) => {
    const category = categoryOf(tenant, one);
    return { categoryId: category.id, optionId: optionOf(category, one) };
  });
}

function categoryOf(tenant: Tenant, { TrackingCategoryID: id, Name: name }: Sent): TrackingCategory {
  const found = tenant.trackingCategories
    .inOrder()
    .find((one) => (id ? one.id === id.toLowerCase() : one.name === name && one.status === 'ACTIVE'));
  return found ?? refuse(`The Tracking Category '${name ?? id}' does not exist or is not active`);
}

function optionOf(category: TrackingCategory, { TrackingOptionID: id, Option: option }: Sent): string {
  const found = category.options.find((one) =>
    id ? one.id === id.toLowerCase() : one.name === option && one.status === 'ACTIVE',
  );
  if (found) return found.id;
  return refuse(
    `The Tracking Option '${option ?? id}' does not exist in '${category.name}' or is not active`,
  );
}
