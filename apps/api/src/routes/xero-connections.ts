import { reachedTenants } from '@sync/composition';
import type { XeroApp, XeroTokens } from '@sync/engine';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../http/problem.js';
import { type Route, route } from '../routing/route.js';
import { textSchema } from '../schemas/basics.js';

type Dependencies = Pick<ApiDependencies, 'admin' | 'config' | 'xeroOAuth'>;

const app = { clientId: textSchema(100).optional(), clientSecret: textSchema(200).optional() };

/** Calls a day of an app's plan: 1,000 for the smallest, 5,000 otherwise. */
const dayLimit = z.union([z.literal(1_000), z.literal(5_000)], 'must be 1000 or 5000').default(1_000);

const consentSchema = z
  .union(
    [
      z.strictObject({
        ...app,
        dayLimit,
        code: textSchema(2_000),
        redirectUri: z.url({ protocol: /^https?$/ }).max(500),
      }),
      z.strictObject({ ...app, dayLimit, refreshToken: textSchema(4_000) }),
    ],
    'must hold code and redirectUri, or refreshToken; and clientId with clientSecret, or neither',
  )
  .meta({ id: 'XeroConsent' });

const connectionsSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({ connectionId: z.string(), tenantId: z.string(), tenantName: z.string() }),
    ),
  })
  .meta({ id: 'XeroConnections' });

type Consent = z.output<typeof consentSchema>;

function appOf({ clientId, clientSecret }: Consent, { config }: Dependencies): XeroApp {
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
  if (clientId !== undefined || clientSecret !== undefined) {
    throw new Problem('INVALID_REQUEST', 'clientId and clientSecret go together; send both or neither');
  }
  if (config.xero.app !== null) return config.xero.app;
  throw new Problem(
    'INVALID_REQUEST',
    'clientId and clientSecret: are required, since XERO_CLIENT_ID and XERO_CLIENT_SECRET are not set',
  );
}

async function tokensOf(consent: Consent, login: XeroApp, { xeroOAuth }: Dependencies): Promise<XeroTokens> {
  return 'code' in consent
    ? xeroOAuth.exchangeCode({ app: login, code: consent.code, redirectUri: consent.redirectUri })
    : xeroOAuth.refresh({ app: login, refreshToken: consent.refreshToken });
}

async function connect(consent: Consent, dependencies: Dependencies) {
  const login = appOf(consent, dependencies);
  const tokens = await tokensOf(consent, login, dependencies);
  const tenants = await reachedTenants(dependencies.xeroOAuth, tokens.accessToken);
  if (tenants.length === 0) {
    throw new Problem(
      'XERO_REFUSED',
      'This consent reaches no organisation; choose one on the page of Xero that asks for it',
    );
  }
  return dependencies.admin.connectXero({ ...login, tokens, tenants, dayLimit: consent.dayLimit });
}

/** Xero connections: the tenants that a user's consent reaches. */
export function xeroConnectionRoutes(dependencies: Dependencies): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/xero-connections',
      tag: 'Xero',
      summary: "Store a Xero user's consent, and learn which organisations it reaches",
      description:
        'Without clientId and clientSecret the configured app is meant. Doing it again renews the consent.',
      kinds: ['installation'],
      body: consentSchema,
      status: 201,
      response: connectionsSchema,
      handle: async ({ body }) => ({ items: await connect(body, dependencies) }),
    }),
  ];
}
