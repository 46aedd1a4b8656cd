import { cancelInvoice, deleteRecord, editRecord } from './change.js';
import { corruptRecord } from './corrupt.js';
import { createRecord } from './create.js';
import type { Desk } from './desk.js';
import { ActError, type ActRequest, type ActResult } from './request.js';

/** Does to the records what a person, or a test of bad input, asks for; throws an ActError when it cannot be done. */
export function actOn(desk: Desk, request: ActRequest): ActResult {
  const { action, id, fields } = request;
  if (action === 'corrupt') {
    const spoilt = corruptRecord(desk, id, fields);
    return { entity: spoilt.entity, ids: [spoilt.id] };
  }
  if (action === 'pay') {
    const invoice = id === undefined ? {} : { invoiceId: id };
    return { entity: 'payments', ids: [createRecord(desk, 'payments', { ...invoice, ...fields })] };
  }
  if (action === 'cancel') return { entity: 'invoices', ids: [cancelInvoice(desk, id)] };
  if (request.entity === undefined) throw new ActError(400, `"${action}" needs an entity.`);
  return { entity: request.entity, ids: [changeRecord(desk, request.entity, request)] };
}

function changeRecord(desk: Desk, entity: NonNullable<ActRequest['entity']>, request: ActRequest): string {
  const { action, id, fields } = request;
  if (action === 'create') return createRecord(desk, entity, fields);
  if (action === 'edit') return editRecord(desk, entity, id, fields);
  return deleteRecord(desk, entity, id);
}
