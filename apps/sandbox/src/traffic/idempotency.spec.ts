import { type Json, openClient, type SandboxClient } from '../testing/sandbox-client.js';

describe('Idempotency-Key', () => {
  let client: SandboxClient;
  beforeEach(async () => {
    client = await openClient();
  });
  afterEach(() => client.close());

  const put = (key: string, Code: string, path = 'Items') =>
    client.api('PUT', path, { body: { Items: [{ Code }] }, headers: { 'idempotency-key': key } });
  const codes = async (): Promise<string[]> =>
    (await client.api('GET', 'Items')).json.Items.map((one: Json) => one.Code);

  it('replays the first answer to the same request, byte for byte, and saves once', async () => {
    const first = await put('k', 'A');
    const second = await put('k', 'A');
    expect(second.text).toBe(first.text);
    expect(await codes()).toEqual(['A']);
  });

  it.each([
    ['another body', () => put('k', 'B')],
    ['another address', () => put('k', 'A', 'Items?unitdp=4')],
    [
      'another verb',
      () =>
        client.api('POST', 'Items', {
          body: { Items: [{ Code: 'A' }] },
          headers: { 'idempotency-key': 'k' },
        }),
    ],
  ])('answers 400 to %s under the same key', async (_what, again) => {
    await put('k', 'A');
    const answer = await again();
    expect(answer.status).toBe(400);
    expect(answer.json.Message).toBe('Idempotency Key: k is used with a different request.');
  });

  it('replays errors too', async () => {
    await put('other', 'A');
    expect((await put('k', 'A')).status).toBe(400);
    const [item] = (await client.api('GET', 'Items')).json.Items;
    await client.api('DELETE', `Items/${item.ItemID}`);
    expect((await put('k', 'A')).status).toBe(400);
  });

  it('forgets after six minutes', async () => {
    await put('k', 'A');
    await client.control('POST', 'clock', { advanceMs: 6 * 60_000 - 1000 });
    expect((await put('k', 'A')).status).toBe(200);
    await client.control('POST', 'clock', { advanceMs: 1000 });
    expect((await put('k', 'A')).status).toBe(400);
  });

  it('is a matter of each app', async () => {
    await put('k', 'A');
    await client.control('POST', 'apps', { clientId: 'second', secret: 's' });
    const { access_token: token } = await client.control('POST', 'authorize', { clientId: 'second' });
    const answer = await client.api('PUT', 'Items', {
      body: { Items: [{ Code: 'B' }] },
      headers: { 'idempotency-key': 'k' },
      token,
    });
    expect(answer.status).toBe(200);
  });

  it('is not kept when the sandbox is told to forget', async () => {
    await client.control('POST', 'faults', { rules: [{ kind: 'forget-idempotency-keys' }] });
    await put('k', 'A');
    expect((await put('k', 'A')).status).toBe(400);
  });
});
