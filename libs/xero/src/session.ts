import { SyncError } from '@sync/domain';
import type { XeroDocumentSettings, XeroSession } from '@sync/engine';
import { addBankAccount } from './add-bank-account.js';
import type { CallContext } from './call-xero.js';
import { openEnvelope, readRecords } from './envelope.js';
import { DOCUMENT_SETTING_RESOURCES, readDocumentSettings } from './read-document-settings.js';
import { REFERENCE_RESOURCES, readReference } from './read-reference.js';
import { get, list, readByIds } from './reading.js';
import { write } from './writing.js';

/** One tenant's Xero. The context's gate is closed with it. */
export function createSession(context: CallContext): XeroSession {
  const underWay = new Set<Promise<unknown>>();
  const tracked = async <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  };
  const end = (): void => context.gate.gate.close(context.signal.reason);
  context.signal.addEventListener('abort', end, { once: true });
  return {
    room: (lane) => context.gate.gate.room(lane),
    list: (request) => tracked(list(context, request)),
    read: (request) => tracked(readByIds(context, request)),
    write: (request) => tracked(write(context, request)),
    reference: () => tracked(reference(context)),
    documentSettings: () => tracked(documentSettings(context)),
    addBankAccount: (account) => tracked(addBankAccount(context, account)),
    close: async () => {
      context.signal.removeEventListener('abort', end);
      await Promise.allSettled(underWay);
      context.gate.gate.close(new SyncError('bug', 'A call was made on a session that is closed'));
    },
  };
}

async function reference(context: CallContext): ReturnType<XeroSession['reference']> {
  const lists = await readLists(context, REFERENCE_RESOURCES);
  return { data: readReference(lists), taxes: readRecords('taxes', lists.TaxRates) };
}

async function documentSettings(context: CallContext): Promise<XeroDocumentSettings> {
  return readDocumentSettings(await readLists(context, DOCUMENT_SETTING_RESOURCES));
}

/** Reads the list of each path, by its name. */
async function readLists<Path extends string>(
  context: CallContext,
  resources: Readonly<Record<Path, string>>,
): Promise<Record<Path, readonly unknown[]>> {
  const entries = Object.entries<string>(resources).map(async ([path, resource]) => {
    const answer = await get(context, { path: `/${path}`, headers: {}, lane: 'event' });
    return [path, openEnvelope(answer, resource, 'read').elements];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<Path, readonly unknown[]>;
}
