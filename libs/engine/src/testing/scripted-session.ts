import { SyncError } from '@sync/domain';
import type { MemberResult, XeroSession } from '../ports/xero.js';
import { addBankAccount } from './bank-accounts.js';
import { actionOf } from './scripted-wire.js';
import type { Script, ScriptedCall, ScriptedXero } from './xero-script.js';
import type { Element } from './xero-shelf.js';

/** A session with the scripted Xero, counted in `most`. */
export function openSession(xero: ScriptedXero, script: Script, stillHeld: () => void): XeroSession {
  const { shelf } = xero;
  return {
    room: (lane) => xero.room(lane),
    list: async ({ entity, modifiedSince, page }) => {
      stillHeld();
      xero.most.listings += 1;
      script.list?.(entity);
      return shelf.list(xero.listedWith(entity), modifiedSince, page);
    },
    read: async ({ entity, ids }) => {
      stillHeld();
      xero.most.reads += 1;
      return shelf.read(entity, ids);
    },
    documentSettings: async () => ({ brandingThemes: [], trackingCategories: [] }),
    write: (sent) => write(xero, script, stillHeld, sent),
    reference: async () => {
      stillHeld();
      xero.most.references += 1;
      return { data: xero.reference, taxes: shelf.records('taxes') };
    },
    addBankAccount: async (account) => {
      stillHeld();
      return addBankAccount(xero, account);
    },
    close: async () => {
      xero.closed += 1;
    },
  };
}

async function write(
  xero: ScriptedXero,
  script: Script,
  stillHeld: () => void,
  { call, lane, members, beforeSending }: Parameters<XeroSession['write']>[0],
): Promise<MemberResult[]> {
  script.underWay += 1;
  xero.most.underWay = Math.max(xero.most.underWay, script.underWay);
  try {
    stillHeld();
    await beforeSending();
    const elements = JSON.parse(call.body) as Element[];
    const action = actionOf(call.method);
    const { entity, body, idempotencyKey: key } = call;
    const made: ScriptedCall = {
      entity,
      action,
      body,
      key,
      lane,
      crmIds: elements.map(({ crmId }) => crmId),
    };
    xero.calls.push(made);
    const fate = await script.fate(made);
    if (fate instanceof Error) throw fate;
    const results =
      fate === 'undone untold'
        ? []
        : xero.shelf.take({ entity, key, elements, members, refuse: xero.refuse });
    if (typeof fate === 'function') return fate(results);
    if (fate === 'done') return results;
    throw new SyncError('unknown-outcome', 'no answer came');
  } finally {
    script.underWay -= 1;
  }
}
