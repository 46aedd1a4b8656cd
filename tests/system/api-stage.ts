import { openApi } from '@sync/api';
import { openStage, type Stage, type StageOptions } from './stage.js';

/** The key of the app's webhooks. */
const WEBHOOK_KEY = 'the key of the webhooks';

/** A stage with an API. */
export interface ApiStage extends Stage {
  apiUrl: string;
  /** Asks the API about the organization, such as `get('conflicts')`; throws unless it is answered 2xx. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: object): Promise<T>;
}

/** Sets up a stage, and an API before it that takes webhooks. */
export async function openApiStage(options: StageOptions): Promise<ApiStage> {
  const stage = await openStage(options);
  const { config, service, organizationId } = stage;
  const xero = { ...config.xero, webhookKey: WEBHOOK_KEY };
  const api = await openApi({ config: { ...config, port: 0, xero }, service });
  const key = await service.storage.apiKeys.create({ kind: 'organization', name: 'test', organizationId });
  const apiUrl = `http://127.0.0.1:${api.port}`;
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${apiUrl}/v1/organizations/${organizationId}/${path}`, {
      method,
      headers: { authorization: `Bearer ${key.key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  };
  return {
    ...stage,
    apiUrl,
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    close: async () => {
      await api.close();
      await stage.close();
    },
  };
}

/** Lets Xero tell the API of changes, as in its portal; `trouble` is how that goes wrong. */
export function subscribe(
  { sandbox, apiUrl }: ApiStage,
  trouble: {
    key?: string;
    duplicates?: number;
    disorder?: number;
    loss?: number;
    delayMs?: number;
    seed?: number;
  } = {},
): Promise<{ status: string }> {
  const url = `${apiUrl}/webhooks/xero`;
  return sandbox.post('webhooks', { url, key: WEBHOOK_KEY, delayMs: 20, ...trouble });
}
