import { CRM_ENTITIES } from '@sync/domain';
import type { CrmPort } from '@sync/engine';
import { addReference, REFERENCE_WRITABLE } from './adding.js';
import { check, listChanges, readReference } from './listing.js';
import { read } from './reading.js';
import { REMOVABLE, remove } from './removing.js';
import { type HttpCrmOptions, openTransport } from './transport.js';
import { write } from './writing.js';

/**
 * A CRM that speaks our HTTP contract; throws a SyncError for an address or key that cannot be used. What a CRM has of
 * the contract shows when it is asked: an entity that it lacks has no changes, and what it does not take it refuses.
 */
export function createHttpCrm(options: HttpCrmOptions): CrmPort {
  const transport = openTransport(options);
  return {
    entities: CRM_ENTITIES,
    writable: CRM_ENTITIES,
    removable: REMOVABLE,
    deletions: 'reported',
    check: (signal) => check(transport, signal),
    listChanges: (request) => listChanges(transport, request),
    read: (entity, ids, signal) => read(transport, { entity, ids, signal }),
    reference: (signal) => readReference(transport, signal),
    referenceWritable: REFERENCE_WRITABLE,
    addReference: (addition, signal) => addReference(transport, addition, signal),
    write: (entity, writes, signal) => write(transport, { entity, writes, signal }),
    remove: (entity, removals, signal) => remove(transport, { entity, removals, signal }),
    close: () => transport.close(),
  };
}
