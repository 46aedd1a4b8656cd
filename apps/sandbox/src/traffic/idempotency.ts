import { createHash } from 'node:crypto';
import type { SandboxClock } from '../clock.js';
import { exception, type Reply } from '../wire/reply.js';

/** A write that carries an `Idempotency-Key`. */
export interface KeyedRequest {
  readonly clientId: string;
  readonly key: string;
  readonly method: string;
  readonly url: string;
  readonly tenantId: string;
  readonly body: string;
}

interface Remembered {
  readonly fingerprint: string;
  readonly reply: Reply;
  readonly until: number;
}

const LIFE = 6 * 60 * 1000;

/** Remembers answers by key, per app, for six minutes of sandbox time; errors as well. */
export class IdempotencyStore {
  private readonly answers = new Map<string, Remembered>();

  constructor(private readonly clock: SandboxClock) {}

  /** The remembered answer, Xero's 400 for a key that was used for another request, or null for a new one. */
  recall(request: KeyedRequest): Reply | null {
    const { key } = request;
    if (key.length > 128)
      return exception('ValidationException', 10, 'Idempotency Key: must not exceed 128 characters.');
    const found = this.answers.get(nameOf(request));
    if (!found || found.until <= this.clock.now()) return null;
    if (found.fingerprint === fingerprintOf(request)) return found.reply;
    const message = `Idempotency Key: ${key} is used with a different request.`;
    return exception('ValidationException', 10, message);
  }

  remember(request: KeyedRequest, reply: Reply): void {
    this.forgetOld();
    this.answers.set(nameOf(request), {
      fingerprint: fingerprintOf(request),
      reply,
      until: this.clock.now() + LIFE,
    });
  }

  clear(): void {
    this.answers.clear();
  }

  private forgetOld(): void {
    for (const [name, { until }] of this.answers) {
      if (until > this.clock.now()) return;
      this.answers.delete(name);
    }
  }
}

const nameOf = ({ clientId, key }: KeyedRequest): string => `${clientId}\n${key}`;

const fingerprintOf = ({ method, url, tenantId, body }: KeyedRequest): string =>
  createHash('sha256').update([method, url, tenantId, body].join('\n')).digest('hex');
