import type { XeroWebhooks } from '@sync/composition';
import { raw, type Request, type RequestHandler } from 'express';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../http/problem.js';
import { gatheringBell } from './gathering-bell.js';

type Dependencies = Pick<ApiDependencies, 'webhooks' | 'stores' | 'bell' | 'log'>;

/** The bytes as they came: the signature is over them, not over what they mean. */
const bytes = raw({ type: () => true, limit: '1mb', inflate: false });

const notSetUp: RequestHandler = (_req, _res, next) =>
  next(
    new Problem(
      'WEBHOOKS_NOT_SET_UP',
      'Set XERO_WEBHOOK_KEY to the signing key of the webhooks, besides XERO_CLIENT_ID and XERO_CLIENT_SECRET of their app',
    ),
  );

/** The body of a request that Xero signed. */
function signedBody(req: Request, webhooks: XeroWebhooks): Buffer {
  const sent: unknown = req.body;
  const body = Buffer.isBuffer(sent) ? sent : Buffer.alloc(0);
  if (webhooks.isSigned(body, req.get('x-xero-signature'))) return body;
  throw new Problem(
    'NOT_SIGNED',
    'The signature is missing or is not that of this body; check that XERO_WEBHOOK_KEY is the key of these webhooks',
  );
}

/**
 * `POST /webhooks/xero`: 200 only after what was told is stored, and 401 without the right signature, both of which Xero
 * tries out. Nothing limits how often it may come: what strangers send costs no more than one hash.
 */
export function xeroWebhook(dependencies: Dependencies): readonly RequestHandler[] {
  const { webhooks, stores, log } = dependencies;
  if (webhooks === null) return [notSetUp];
  const ringSoon = gatheringBell(dependencies);
  const receive: RequestHandler = async (req, res) => {
    const told = webhooks.read(signedBody(req, webhooks));
    if (told === null) {
      throw new Problem('INVALID_REQUEST', 'The body is signed, but it is no webhook of Xero');
    }
    const { events, unreadable } = told;
    if (unreadable > 0)
      log.warn({ count: unreadable }, 'webhook: events in a form that is not known are left out');
    const received = events.length > 0 ? await stores.webhooks.receive(webhooks.clientId, events) : 0;
    res.status(200).end();
    if (received > 0) ringSoon();
  };
  return [bytes, receive];
}
