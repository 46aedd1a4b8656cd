import type { XeroConfig } from '@sync/config';
import { reasonOf } from '../reason-of.js';
import { fine, type Finding, wrong } from './finding.js';

/** How long a host may take to answer. */
const PATIENCE_MS = 10_000;

/** Whether Xero's hosts answer at all; any answer will do, since no token is sent. */
export async function* examineXero({ apiUrl, identityUrl, loginUrl }: XeroConfig): AsyncGenerator<Finding> {
  for (const url of new Set([apiUrl, identityUrl, loginUrl])) yield await reach(url);
}

async function reach(url: string): Promise<Finding> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    await answer.body?.cancel();
    return fine('xero', `${url} answers`);
  } catch (error) {
    const advice =
      'let this machine reach it: name server, firewall, proxy; and check the XERO_…_URL that names it';
    return wrong('xero', `${url} cannot be reached: ${reasonOf(error)}`, advice);
  }
}
