import { editRecord } from './change.js';
import { corruptRecord } from './corrupt.js';
import { createRecord } from './create.js';
import type { Desk } from './desk.js';
import { applyCredit, pay, payPart, refund } from './money.js';
import { ActError, type ActRequest, type ActResult } from './request.js';
import { cancelRecord, deleteRecord } from './take-away.js';

type Entity = NonNullable<ActRequest['entity']>;
type Action = Exclude<ActRequest['action'], 'break'>;

/** Does to the records what a person, or a test of bad input, asks for; throws an ActError when it cannot be done. */
export function actOn(desk: Desk, request: ActRequest): ActResult {
  if (request.action === 'break') throw new ActError(400, '"break" is nothing that is done to a record.');
  return ACTS[request.action](desk, request);
}

const ACTS: Record<Action, (desk: Desk, request: ActRequest) => ActResult> = {
  create: (desk, request) => {
    const entity = entityOf(request);
    return touched(entity, createRecord(desk, entity, request.fields));
  },
  edit: (desk, request) => {
    const entity = entityOf(request);
    return touched(entity, editRecord(desk, entity, request.id, request.fields));
  },
  delete: (desk, request) => {
    const entity = entityOf(request);
    return touched(entity, deleteRecord(desk, entity, request.id));
  },
  cancel: (desk, { entity = 'invoices', id }) => touched(entity, cancelRecord(desk, entity, id)),
  void: (desk, { entity = 'credit-notes', id }) => touched(entity, cancelRecord(desk, entity, id)),
  pay: (desk, request) => touched('payments', pay(desk, request)),
  'part-pay': (desk, request) => touched('payments', payPart(desk, request)),
  refund: (desk, request) => touched('refunds', refund(desk, request)),
  apply: (desk, request) => touched('credit-applications', applyCredit(desk, request)),
  corrupt: (desk, { id, fields }) => {
    const spoilt = corruptRecord(desk, id, fields);
    return touched(spoilt.entity, spoilt.id);
  },
};

function touched(entity: Entity, id: string): ActResult {
  return { entity, ids: [id] };
}

function entityOf({ entity, action }: ActRequest): Entity {
  if (entity === undefined) throw new ActError(400, `"${action}" needs an entity.`);
  return entity;
}
