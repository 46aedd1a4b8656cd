import type { ApiKeyIdentity, ApiKeyKind, ApiKeyStore } from '@sync/engine';
import type { Request, RequestHandler } from 'express';
import { Problem } from './problem.js';

const identities = new WeakMap<Request, ApiKeyIdentity>();

const howTo = 'send the header Authorization: Bearer <API key>';

function keyOf(req: Request): string {
  const header = req.headers.authorization;
  if (header === undefined) throw new Problem('UNAUTHENTICATED', `The request carries no API key; ${howTo}`);
  const key = /^Bearer +([\x21-\x7e]{1,200})$/i.exec(header)?.[1];
  if (key === undefined) {
    throw new Problem('UNAUTHENTICATED', `The Authorization header is not of the agreed form; ${howTo}`);
  }
  return key;
}

/** Lets a request on only with a key that is known and not revoked. Whom it belongs to is told by {@link identityOf}. */
export function identify(apiKeys: ApiKeyStore): RequestHandler {
  return async (req, _res, next) => {
    const identity = await apiKeys.identify(keyOf(req));
    if (identity === null) {
      throw new Problem(
        'UNAUTHENTICATED',
        'This API key is unknown or was revoked; ask an admin for a new one',
      );
    }
    identities.set(req, identity);
    next();
  };
}

/** Who a request comes from. Throws where no key was checked, which is a bug of ours. */
export function identityOf(req: Request): ApiKeyIdentity {
  const identity = identities.get(req);
  if (identity === undefined)
    throw new Error(`${req.method} ${req.path} is served without a key being checked`);
  return identity;
}

const kindNames: Readonly<Record<ApiKeyKind, string>> = {
  installation: 'the installation key',
  organization: "an organization's key",
  'crm-connection': "a CRM connection's key",
};

/** Throws `FORBIDDEN` unless the key is of one of these kinds. */
export function demandKind(key: ApiKeyIdentity, kinds: readonly ApiKeyKind[]): void {
  if (kinds.includes(key.kind)) return;
  const needed = kinds.map((kind) => kindNames[kind]).join(' or ');
  throw new Problem('FORBIDDEN', `This needs ${needed}; this request carries ${kindNames[key.kind]}`);
}
