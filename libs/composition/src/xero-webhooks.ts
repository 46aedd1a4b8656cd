import type { XeroConfig } from '@sync/config';
import { isSignedByXero, readWebhook, type XeroWebhook } from '@sync/xero';

/** The webhooks of one Xero app: whom they are for, whether Xero signed them, and what they tell. */
export interface XeroWebhooks {
  /** The app whose organizations they tell of. */
  readonly clientId: string;
  /** Whether Xero signed these bytes with the app's key; the bytes must be those that came. */
  isSigned(body: Uint8Array, signature: string | undefined): boolean;
  /** Null: the body has no form that is known. */
  read(body: Uint8Array): XeroWebhook | null;
}

/** The webhooks of the app that is configured; null while the app or the key of its webhooks is not. */
export function createXeroWebhooks({
  app,
  webhookKey,
}: Pick<XeroConfig, 'app' | 'webhookKey'>): XeroWebhooks | null {
  return app === null || webhookKey === null ? null : webhooksOf({ clientId: app.clientId, webhookKey });
}

/** The webhooks of an app with this key. */
export function webhooksOf({ clientId, webhookKey }: { clientId: string; webhookKey: string }): XeroWebhooks {
  return {
    clientId,
    isSigned: (body, signature) => isSignedByXero(body, signature, webhookKey),
    read: readWebhook,
  };
}
