import { openClient, type SandboxClient } from '../testing/sandbox-client.js';

const redirect = 'http://localhost:3000/v1/xero/callback';

describe('Identity', () => {
  let client: SandboxClient;
  beforeEach(async () => {
    client = await openClient();
  });
  afterEach(() => client.close());

  const basic = (secret = 'sandbox-secret') =>
    `Basic ${Buffer.from(`sandbox-client:${secret}`).toString('base64')}`;
  const token = (fields: Record<string, string>, authorization = basic()) =>
    client.raw('POST', '/connect/token', { body: new URLSearchParams(fields), headers: { authorization } });
  const refresh = (refresh_token: string) => token({ grant_type: 'refresh_token', refresh_token });
  const address = (fields: Record<string, string> = {}) =>
    `/identity/connect/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: 'sandbox-client',
      redirect_uri: redirect,
      scope: 'offline_access accounting.contacts',
      state: 's&1',
      ...fields,
    }).toString()}`;
  const decide = (answer: string) =>
    client.raw('POST', address(), { body: new URLSearchParams({ answer, tenant: client.tenantId }) });
  const locationOf = ({ headers }: { headers: Headers }) => new URL(headers.get('location') ?? '');
  const connections = (access: string, query = '') =>
    client.raw('GET', `/connections${query}`, { headers: { authorization: `Bearer ${access}` } });

  it('asks with Allow and Cancel and the organisations to choose from', async () => {
    const page = await client.raw('GET', address());
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.text).toContain('Harbour &amp; Pine Trading');
    expect(page.text).toMatch(/value="allow">Allow access<[\s\S]*value="cancel">Cancel</);
  });

  it('exchanges the code of an Allow once, for tokens and the connection of this consent', async () => {
    const back = locationOf(await decide('allow'));
    expect(`${back.origin}${back.pathname}`).toBe(redirect);
    expect(back.searchParams.get('state')).toBe('s&1');
    const form = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: redirect,
    };
    const { json } = await token(form);
    expect(json).toMatchObject({
      token_type: 'Bearer',
      expires_in: 1800,
      scope: 'offline_access accounting.contacts',
    });
    const claims = JSON.parse(Buffer.from(json.access_token.split('.')[1], 'base64url').toString());
    const list = (await connections(json.access_token, `?authEventId=${claims.authentication_event_id}`))
      .json;
    expect(list).toHaveLength(1);
    expect(list[0]).toMatchObject({ tenantId: client.tenantId, tenantType: 'ORGANISATION' });
    expect((await token(form)).json).toEqual({ error: 'invalid_grant' });
  });

  it('sends a Cancel back as access_denied', async () => {
    const back = locationOf(await decide('cancel'));
    expect(Object.fromEntries(back.searchParams)).toEqual({ error: 'access_denied', state: 's&1' });
  });

  it('refuses a code for another address, and after five minutes', async () => {
    const code = async () => locationOf(await decide('allow')).searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', redirect_uri: redirect };
    expect((await token({ ...form, code: await code(), redirect_uri: `${redirect}/x` })).json.error).toBe(
      'invalid_grant',
    );
    const late = await code();
    await client.control('POST', 'clock', { advanceMs: 300_001 });
    expect((await token({ ...form, code: late })).json.error).toBe('invalid_grant');
  });

  it('sends nothing to an app or address that it does not know', async () => {
    await client.control('POST', 'apps', { clientId: 'strict', secret: 's', redirectUris: [redirect] });
    expect((await client.raw('GET', address({ client_id: 'nobody' }))).status).toBe(400);
    expect(
      (await client.raw('GET', address({ client_id: 'strict', redirect_uri: 'http://evil.example' }))).status,
    ).toBe(400);
    expect(
      locationOf(await client.raw('GET', address({ scope: 'accounting.transactions' }))).searchParams.get(
        'error',
      ),
    ).toBe('invalid_scope');
  });

  it('rotates refresh tokens; the one before works for 30 minutes and pushes the other out', async () => {
    const first = (await refresh(client.refreshToken)).json;
    const again = (await refresh(client.refreshToken)).json;
    expect(again.refresh_token).not.toBe(first.refresh_token);
    expect((await refresh(first.refresh_token)).json.error).toBe('invalid_grant');
    await client.control('POST', 'clock', { advanceMs: 30 * 60_000 + 1 });
    expect((await refresh(client.refreshToken)).json.error).toBe('invalid_grant');
    expect((await refresh(again.refresh_token)).status).toBe(200);
  });

  it('counts the 30 minutes of the token before from its first rotation, however often it is tried', async () => {
    await refresh(client.refreshToken);
    await client.control('POST', 'clock', { advanceMs: 20 * 60_000 });
    expect((await refresh(client.refreshToken)).status).toBe(200);
    await client.control('POST', 'clock', { advanceMs: 15 * 60_000 });
    expect((await refresh(client.refreshToken)).json.error).toBe('invalid_grant');
  });

  it('ends a refresh token after 60 days without use', async () => {
    await client.control('POST', 'clock', { advanceMs: 60 * 86_400_000 + 1 });
    expect((await refresh(client.refreshToken)).json.error).toBe('invalid_grant');
  });

  it('answers 400 to wrong credentials and unknown tokens', async () => {
    const wrong = await token(
      { grant_type: 'refresh_token', refresh_token: client.refreshToken },
      basic('wrong'),
    );
    expect([wrong.status, wrong.json]).toEqual([400, { error: 'invalid_client' }]);
    expect((await refresh('unknown')).json).toEqual({ error: 'invalid_grant' });
    expect((await token({ grant_type: 'password' })).json).toEqual({ error: 'unsupported_grant_type' });
  });

  it('revokes tokens and connections together', async () => {
    const body = new URLSearchParams({ token: client.refreshToken });
    const answer = await client.raw('POST', '/connect/revocation', {
      body,
      headers: { authorization: basic() },
    });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect((await refresh(client.refreshToken)).json.error).toBe('invalid_grant');
    expect((await client.api('GET', 'Items')).status).toBe(401);
  });

  it('deletes a connection by its own id, after which the tenant is forbidden', async () => {
    const [connection] = (await connections(client.token)).json;
    const remove = (id: string) =>
      client.raw('DELETE', `/connections/${id}`, { headers: { authorization: `Bearer ${client.token}` } });
    expect((await remove(connection.tenantId)).status).toBe(404);
    expect((await remove(connection.id)).status).toBe(204);
    const answer = await client.api('GET', 'Items');
    expect([answer.status, answer.json.Detail]).toEqual([403, 'AuthenticationUnsuccessful']);
  });

  it('answers 401 to expired and foreign tokens, and to a scope that is missing', async () => {
    const foreign = await client.api('GET', 'Items', { token: 'a.b.c' });
    expect([foreign.status, foreign.json.Title]).toEqual([401, 'Unauthorized']);
    const { access_token: narrow } = await client.control('POST', 'authorize', {
      scope: 'accounting.contacts.read',
    });
    expect((await client.api('GET', 'Contacts', { token: narrow })).status).toBe(200);
    expect(
      (await client.api('PUT', 'Contacts', { token: narrow, body: {} })).headers.get('www-authenticate'),
    ).toMatch(/insufficient_scope/);
    expect((await client.api('GET', 'Invoices', { token: narrow })).status).toBe(401);
    await client.control('POST', 'clock', { advanceMs: 1_800_001 });
    expect((await client.api('GET', 'Items')).json.Detail).toMatch(/^TokenExpired/);
  });

  it('gives a custom connection its one organisation without a tenant header', async () => {
    const { json } = await token({ grant_type: 'client_credentials', scope: 'accounting.settings' });
    expect(json).not.toHaveProperty('refresh_token');
    const answer = await client.api('GET', 'Organisation', { token: json.access_token, tenantId: '' });
    expect(answer.json.Organisations[0].OrganisationID).toBe(client.tenantId);
  });
});
