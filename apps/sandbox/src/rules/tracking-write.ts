import { newId } from '../books/ids.js';
import type { TrackingCategory, TrackingOption, TrackingStatus } from '../books/records.js';
import type { TrackingInput, TrackingOptionInput } from '../wire/inputs.js';
import type { RuleContext } from './context.js';
import { refuse, refuseIfAny, UnknownId } from '../wire/refusal.js';

/** PUT: makes a new category without options. */
export function createCategory(context: RuleContext, input: TrackingInput): TrackingCategory {
  return save(context, {
    id: newId(),
    updatedAt: context.books.stamp(),
    name: input.Name ?? '',
    status: 'ACTIVE',
    options: [],
  });
}

/** POST: renames or archives a category. */
export function updateCategory(
  context: RuleContext,
  category: TrackingCategory,
  input: TrackingInput,
): TrackingCategory {
  return save(context, {
    ...category,
    updatedAt: context.books.stamp(),
    name: input.Name ?? category.name,
    status: statusOf(input.Status) ?? category.status,
  });
}

/** DELETE: one that lines bear is archived instead. */
export function deleteCategory(context: RuleContext, category: TrackingCategory): TrackingCategory {
  const used = isUsed(context, (line) => line.categoryId === category.id);
  const gone: TrackingCategory = { ...category, updatedAt: context.books.stamp(), status: 'DELETED' };
  if (used) return save(context, { ...gone, status: 'ARCHIVED' });
  context.tenant.trackingCategories.delete(category.id);
  return gone;
}

/** PUT …/Options: adds an option. */
export function createOption(
  context: RuleContext,
  category: TrackingCategory,
  input: TrackingOptionInput,
): TrackingOption {
  const option: TrackingOption = { id: newId(), name: input.Name ?? '', status: 'ACTIVE' };
  return saveOption(context, category, option);
}

/** POST …/Options/{id}: renames or archives an option. */
export function updateOption(
  context: RuleContext,
  category: TrackingCategory,
  input: TrackingOptionInput,
): TrackingOption {
  const found = optionById(category, input.TrackingOptionID ?? '');
  return saveOption(context, category, {
    ...found,
    name: input.Name ?? found.name,
    status: statusOf(input.Status) ?? found.status,
  });
}

/** DELETE …/Options/{id}: one that lines bear is archived instead. */
export function deleteOption(context: RuleContext, category: TrackingCategory, id: string): TrackingOption {
  const found = optionById(category, id);
  const used = isUsed(context, (line) => line.optionId === found.id);
  return saveOption(context, category, { ...found, status: used ? 'ARCHIVED' : 'DELETED' });
}

/** The category with this id; a 404 otherwise. */
export function categoryById({ tenant }: RuleContext, id: string): TrackingCategory {
  const found = tenant.trackingCategories.get(id.toLowerCase());
  if (!found) throw new UnknownId('tracking category', id);
  return found;
}

function optionById(category: TrackingCategory, id: string): TrackingOption {
  const found = category.options.find((one) => one.id === id.toLowerCase());
  if (!found) throw new UnknownId('tracking option', id);
  return found;
}

function statusOf(sent: string | undefined): TrackingStatus | undefined {
  const status = sent?.toUpperCase();
  if (status === undefined || status === 'ACTIVE' || status === 'ARCHIVED') return status;
  return refuse(`Status '${sent}' is not valid for tracking`);
}

type Line = { readonly categoryId: string; readonly optionId: string };

function isUsed({ tenant }: RuleContext, bears: (line: Line) => boolean): boolean {
  const { invoices, creditNotes, bankTransactions, purchaseOrders } = tenant;
  return [invoices, creditNotes, bankTransactions, purchaseOrders].some((rows) =>
    rows.inOrder().some(({ lines }) => lines.some(({ tracking }) => tracking.some(bears))),
  );
}

function save({ tenant }: RuleContext, category: TrackingCategory): TrackingCategory {
  const others = tenant.trackingCategories.inOrder().filter(({ id }) => id !== category.id);
  const active = others.filter(({ status }) => status === 'ACTIVE').length;
  refuseIfAny([
    ...nameProblems(category.name, others),
    category.status === 'ACTIVE' && active >= 2 && 'You can have at most 2 active tracking categories',
    others.length >= 4 && 'You can have at most 4 tracking categories',
  ]);
  return tenant.trackingCategories.put(category);
}

function saveOption(
  context: RuleContext,
  category: TrackingCategory,
  option: TrackingOption,
): TrackingOption {
  const others = category.options.filter(({ id }) => id !== option.id);
  refuseIfAny(nameProblems(option.name, others));
  const options = option.status === 'DELETED' ? others : [...others, option];
  context.tenant.trackingCategories.put({ ...category, updatedAt: context.books.stamp(), options });
  return option;
}

const nameProblems = (name: string, others: readonly { readonly name: string }[]): (string | false)[] => [
  name === '' && 'The tracking Name must be specified',
  name.length > 100 && 'The tracking Name must not exceed 100 characters',
  others.some((other) => other.name.toLowerCase() === name.toLowerCase()) &&
    `The tracking name '${name}' already exists`,
];
