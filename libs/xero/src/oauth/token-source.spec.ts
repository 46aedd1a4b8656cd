import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { XeroTokens } from '@sync/engine';
import { MemoryVault, systemClock } from '../testing/memory-stores.js';
import { authEventIdOf } from './auth-event-id.js';
import { createXeroOAuth } from './oauth-client.js';
import { createTokenSource, type TokenSource } from './token-source.js';

type Answer = { status: number; body: string } | 'reset';

/** An identity server that gives the answers of a list, in order, and remembers what it was asked. */
class IdentityServer {
  readonly forms: URLSearchParams[] = [];
  readonly #server: Server;

  constructor(answers: Answer[]) {
    this.#server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        this.forms.push(new URLSearchParams(text));
        const answer = answers.shift() ?? 'reset';
        if (answer === 'reset') request.socket.destroy();
        else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const granted = (name: string): Answer => ({
  status: 200,
  body: JSON.stringify({ access_token: name, refresh_token: `${name}-refresh`, expires_in: 1800 }),
});

function tokens(secondsLeft: number): XeroTokens {
  return {
    accessToken: 'old',
    refreshToken: 'old-refresh',
    accessExpiresAt: new Date(Date.now() + secondsLeft * 1000),
  };
}

async function withSource(
  answers: Answer[],
  secondsLeft: number,
  body: (world: { source: TokenSource; vault: MemoryVault; server: IdentityServer }) => Promise<void>,
): Promise<void> {
  const server = new IdentityServer(answers);
  const url = await server.start();
  const oauth = createXeroOAuth({ identityUrl: url, loginUrl: url, apiUrl: url, clock: systemClock });
  const vault = new MemoryVault(tokens(secondsLeft), { clientId: 'id', clientSecret: 'secret' });
  try {
    await body({ source: createTokenSource({ vault, oauth, clock: systemClock }), vault, server });
  } finally {
    await server.stop();
  }
}

describe('the token source', () => {
  it('leaves a token alone that has more than two minutes to live', () =>
    withSource([], 125, async ({ source, server }) => {
      await expect(source.accessToken('a')).resolves.toBe('old');
      expect(server.forms).toHaveLength(0);
    }));

  it('renews once for all who ask at the same time, and stores the pair before anybody gets it', () =>
    withSource([granted('new')], 115, async ({ source, vault, server }) => {
      await expect(Promise.all([1, 2, 3].map(() => source.accessToken('a')))).resolves.toEqual([
        'new',
        'new',
        'new',
      ]);
      expect(server.forms).toHaveLength(1);
      expect(vault.tokens).toMatchObject({ accessToken: 'new', refreshToken: 'new-refresh' });
    }));

  it('takes what another process renewed while it waited for the lock', () =>
    withSource([], 115, async ({ source, vault, server }) => {
      const read = vault.read.bind(vault);
      vault.read = async () => {
        const before = await read();
        vault.tokens = { ...tokens(1800), accessToken: 'of the other' };
        return before;
      };
      await expect(source.accessToken('a')).resolves.toBe('of the other');
      expect(server.forms).toHaveLength(0);
    }));

  it('asks again with the same old token when an answer is lost', () =>
    withSource(['reset', granted('new')], 0, async ({ source, server }) => {
      await expect(source.accessToken('a')).resolves.toBe('new');
      expect(server.forms.map((form) => form.get('refresh_token'))).toEqual(['old-refresh', 'old-refresh']);
    }));

  it('keeps the old token for a later try when Xero is away', () =>
    withSource(
      [
        { status: 503, body: 'busy' },
        { status: 500, body: '' },
      ],
      0,
      async ({ source, vault }) => {
        await expect(source.accessToken('a')).rejects.toMatchObject({ kind: 'transient' });
        expect(vault.tokens.refreshToken).toBe('old-refresh');
        expect(vault.state).toBe('active');
      },
    ));

  it('marks an authorization that has ended, asks no more, and tells no secret', () =>
    withSource([{ status: 400, body: '{"error":"invalid_grant"}' }], 0, async ({ source, vault, server }) => {
      const error = await source.accessToken('a').catch((caught: unknown) => caught);
      expect(error).toMatchObject({ kind: 'auth', code: 'NEEDS_RECONNECT' });
      expect(JSON.stringify(error) + String(error)).not.toMatch(/old-refresh|secret/);
      expect(vault.state).toBe('needs-reconnect');
      await expect(source.accessToken('a')).rejects.toMatchObject({ code: 'NEEDS_RECONNECT' });
      expect(server.forms).toHaveLength(1);
    }));

  it('does not end an authorization for a wrong client secret', () =>
    withSource([{ status: 401, body: '{"error":"invalid_client"}' }], 0, async ({ source, vault }) => {
      await expect(source.accessToken('a')).rejects.toMatchObject({ kind: 'auth' });
      expect(vault.state).toBe('active');
    }));

  it('renews a token that Xero refused, but not one that was renewed meanwhile', () =>
    withSource([granted('new')], 1800, async ({ source, server }) => {
      await expect(source.renew('a', 'old')).resolves.toBe('new');
      await expect(source.renew('a', 'old')).resolves.toBe('new');
      expect(server.forms).toHaveLength(1);
    }));
});

describe('the OAuth client', () => {
  it('asks for every scope at the login host', () => {
    const hosts = { identityUrl: 'https://identity', loginUrl: 'https://login', apiUrl: 'https://api' };
    const oauth = createXeroOAuth({ ...hosts, clock: systemClock });
    const url = new URL(
      oauth.authorizeUrl({ clientId: 'id', redirectUri: 'https://us/callback', state: 's' }),
    );
    expect(url.origin + url.pathname).toBe('https://login/identity/connect/authorize');
    expect(url.searchParams.get('scope')?.split(' ')).toEqual(
      expect.arrayContaining(['offline_access', 'accounting.settings', 'accounting.payments']),
    );
  });

  it('reads the consent out of a token, and out of nothing else', () => {
    const payload = Buffer.from(JSON.stringify({ authentication_event_id: 'ev' })).toString('base64url');
    expect(authEventIdOf(`head.${payload}.signature`)).toBe('ev');
    expect(authEventIdOf('opaque')).toBeNull();
    expect(authEventIdOf('a.!!.c')).toBeNull();
  });
});
