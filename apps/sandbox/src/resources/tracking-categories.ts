import type { TrackingCategory, TrackingOption } from '../books/records.js';
import {
  categoryById,
  createCategory,
  createOption,
  deleteCategory,
  deleteOption,
  updateCategory,
  updateOption,
} from '../rules/tracking-write.js';
import { readElement, trackingInput, trackingOptionInput } from '../wire/inputs.js';
import { fieldsOf } from '../wire/where.js';
import { type ApiCall, elementsOf, envelope, type Resource, rulesOf } from './api-call.js';
import { list } from './listing.js';
import type { Reply } from '../wire/reply.js';

/** `/TrackingCategories` with their options: one element a request. */
export const trackingCategories: Resource = {
  scopes: ['accounting.settings'],
  get: (call) => (call.segments[1] === undefined ? listCategories(call) : shown(call, named(call))),
  put: (call) => shown(call, createCategory(rulesOf(call), readElement(trackingInput, sent(call)))),
  post: (call) =>
    shown(call, updateCategory(rulesOf(call), named(call), readElement(trackingInput, sent(call)))),
  delete: (call) => shown(call, deleteCategory(rulesOf(call), named(call))),
  below: {
    options: {
      put: (call) =>
        shownOption(
          call,
          createOption(rulesOf(call), named(call), readElement(trackingOptionInput, sentOption(call))),
        ),
      post: (call) => {
        const input = { ...sentOption(call), TrackingOptionID: call.segments[3] };
        return shownOption(
          call,
          updateOption(rulesOf(call), named(call), readElement(trackingOptionInput, input)),
        );
      },
      delete: (call) => shownOption(call, deleteOption(rulesOf(call), named(call), call.segments[3] ?? '')),
    },
  },
};

const named = (call: ApiCall): TrackingCategory => categoryById(rulesOf(call), call.segments[1] ?? '');

const sent = (call: ApiCall): unknown => elementsOf(call, 'TrackingCategories')[0];

const sentOption = (call: ApiCall): object => elementsOf(call, 'Options')[0] ?? {};

function listCategories(call: ApiCall): Reply {
  const archived = call.query.get('includeArchived')?.toLowerCase() === 'true';
  return list(call, {
    name: 'TrackingCategories',
    rows: call.tenant.trackingCategories,
    fields: fieldsOf<TrackingCategory>({
      TrackingCategoryID: (row) => row.id,
      Name: (row) => row.name,
      Status: (row) => row.status,
    }),
    filters: [({ status }) => archived || status === 'ACTIVE'],
    render: view,
  });
}

const shown = (call: ApiCall, row: TrackingCategory): Reply =>
  envelope(call, { TrackingCategories: [view(row)] });

const shownOption = (call: ApiCall, option: TrackingOption): Reply =>
  envelope(call, { Options: [optionView(option)] });

const view = (row: TrackingCategory): Record<string, unknown> => ({
  Name: row.name,
  Status: row.status,
  TrackingCategoryID: row.id,
  Options: row.options.map(optionView),
});

const optionView = ({ id, name, status }: TrackingOption): Record<string, unknown> => ({
  TrackingOptionID: id,
  Name: name,
  Status: status,
  HasValidationErrors: false,
  IsDeleted: status === 'DELETED',
  IsArchived: status === 'ARCHIVED',
  IsActive: status === 'ACTIVE',
});
