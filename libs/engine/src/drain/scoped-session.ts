import { type Entity, SyncError } from '@sync/domain';
import type { XeroSession } from '../ports/xero.js';

/** Xero grants permissions by entity: where one is missing, what needs none of it goes on. */
export class ScopeMissing extends SyncError {
  readonly entity: Entity;

  constructor(entity: Entity, cause: SyncError) {
    super(cause.kind, cause.message, { code: 'XERO_SCOPE_MISSING', meta: cause.meta, cause });
    this.entity = entity;
  }
}

/** The session, whose calls say of which entity they were where a permission is missing for them. */
export function scoped(session: XeroSession): XeroSession {
  return {
    ...session,
    list: (request) => session.list(request).catch(refusedTo(request.entity)),
    read: (request) => session.read(request).catch(refusedTo(request.entity)),
    write: (request) => session.write(request).catch(refusedTo(request.call.entity)),
  };
}

function refusedTo(entity: Entity): (error: unknown) => never {
  return (error) => {
    const missing = error instanceof SyncError && error.code === 'XERO_SCOPE_MISSING';
    throw missing ? new ScopeMissing(entity, error) : error;
  };
}
