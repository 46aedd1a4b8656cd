import { webhooksOf, type XeroWebhooks } from '@sync/composition';
import { raw, type Request, type RequestHandler, Router } from 'express';
import type { ApiDependencies } from '../dependencies.js';
import { notFound, Problem } from '../http/problem.js';
import { gatheringBell } from './gathering-bell.js';

type Dependencies = Pick<ApiDependencies, 'webhooks' | 'xeroApps' | 'stores' | 'bell' | 'log'>;
/** Later handlers find in `webhooks` whose they are. */
type Handler<P = Request['params']> = RequestHandler<
  P,
  unknown,
  unknown,
  unknown,
  { webhooks: XeroWebhooks }
>;

/** The bytes as they came: the signature is over them, not over what they mean. */
const bytes = raw({ type: () => true, limit: '1mb', inflate: false });

/** Whose webhooks come to the address without an id. */
function configuredApp({ webhooks }: Dependencies): Handler {
  return (_req, res, next) => {
    if (webhooks === null) {
      throw new Problem(
        'WEBHOOKS_NOT_SET_UP',
        'Set XERO_WEBHOOK_KEY to the signing key of the webhooks, besides XERO_CLIENT_ID and XERO_CLIENT_SECRET of their app',
      );
    }
    res.locals.webhooks = webhooks;
    next();
  };
}

/** An app that is not known has the answer of any address at which there is nothing. */
function appOfAddress({ xeroApps }: Dependencies): Handler<{ appId: string }> {
  return async (req, res, next) => {
    const app = await xeroApps.find(req.params.appId);
    if (app === null) throw notFound('address');
    res.locals.webhooks = webhooksOf(app);
    next();
  };
}

/** The body of a request that Xero signed. */
function signedBody(webhooks: XeroWebhooks, sent: unknown, signature: string | undefined): Buffer {
  const body = Buffer.isBuffer(sent) ? sent : Buffer.alloc(0);
  if (webhooks.isSigned(body, signature)) return body;
  throw new Problem(
    'NOT_SIGNED',
    'The signature is missing or is not that of this body; check that the key kept here is the one of these webhooks',
  );
}

/** Answers 200 only after what was told is stored, and 401 without the right signature, both of which Xero tries out. */
function receive(dependencies: Dependencies): Handler {
  const { stores, log } = dependencies;
  const ringSoon = gatheringBell(dependencies);
  return async (req, res) => {
    const { webhooks } = res.locals;
    const told = webhooks.read(signedBody(webhooks, req.body, req.get('x-xero-signature')));
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
}

/**
 * `POST /webhooks/xero` for the configured app, `POST /webhooks/xero/{appId}` for any other. Nothing limits how often they
 * may come: what strangers send costs no more than one hash, or one look for an app.
 */
export function xeroWebhooks(dependencies: Dependencies): Router {
  const router = Router();
  const received = receive(dependencies);
  router.post('/webhooks/xero', configuredApp(dependencies), bytes, received);
  router.post('/webhooks/xero/:appId', appOfAddress(dependencies), bytes, received);
  return router;
}
