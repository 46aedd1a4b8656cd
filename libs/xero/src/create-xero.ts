import { createHash } from 'node:crypto';
import type { Clock } from '@sync/domain';
import type { CallLog, XeroConnection, XeroPort } from '@sync/engine';
import { canonical, encode, refersTo } from './codecs/index.js';
import { encodeVoid } from './codecs/voids.js';
import { compose } from './compose.js';
import { ENDPOINTS, listedWith } from './endpoints.js';
import { createGateMemories } from './gate/gate-memory.js';
import { openGate } from './gate/open-gate.js';
import type { TokenSource } from './oauth/token-source.js';
import type { XeroLog, XeroMetrics } from './observers.js';
import { createSession } from './session.js';

/** What the adapter needs. */
export interface XeroOptions {
  /** https://api.xero.com in production; without a trailing slash. */
  apiUrl: string;
  callLog: CallLog;
  tokens: TokenSource;
  clock: Clock;
  log?: XeroLog;
  metrics?: XeroMetrics;
}

/** Xero, as the engine reaches it. One for each process, since it remembers what Xero says of its limits. */
export function createXero({ apiUrl, callLog, tokens, clock, log, metrics }: XeroOptions): XeroPort {
  const memories = createGateMemories();
  return {
    batchMax: (entity) => ENDPOINTS[entity].batchMax,
    listedWith,
    encode,
    encodeVoid,
    canonical,
    refersTo,
    compose,
    idempotencyKey,
    open: async (connection, stillHeld, signal) => {
      signal.throwIfAborted();
      stillHeld();
      const memory = memories(connection.id, connection.clientId);
      const gate = await openGate(connection, { callLog, clock, memory });
      return createSession({
        connection,
        apiUrl,
        callLog,
        tokens,
        clock,
        log,
        metrics,
        gate,
        stillHeld,
        signal,
      });
    },
  };
}

/** Xero keeps keys for each app, not for each tenant, so both are in it; 64 characters of at most 128. */
function idempotencyKey({ clientId, tenantId }: XeroConnection, batchId: string): string {
  return createHash('sha256').update([clientId, tenantId, batchId].join('\n')).digest('hex');
}
