import { connect } from 'node:net';
import { openClient, type SandboxClient } from '../testing/sandbox-client.js';

describe('Calls', () => {
  let client: SandboxClient;
  beforeEach(async () => {
    client = await openClient();
  });
  afterEach(() => client.close());

  const statsOf = async () => (await client.control('GET', 'stats')).tenants[0];

  it('are logged with what came in and went out', async () => {
    await client.control('DELETE', 'calls');
    const body = { Items: [{ Code: 'A' }] };
    const answer = await client.api('PUT', 'Items?unitdp=4', { body, headers: { 'idempotency-key': 'k' } });
    const [call] = await client.control('GET', `calls?tenantId=${client.tenantId}`);
    expect(call).toMatchObject({
      method: 'PUT',
      path: '/api.xro/2.0/Items',
      query: 'unitdp=4',
      status: 200,
      tenantId: client.tenantId,
      idempotencyKey: 'k',
      bytesIn: JSON.stringify(body).length,
      bytesOut: answer.text.length,
    });
  });

  it('carry what remains, a correlation id and the date of the sandbox', async () => {
    await client.control('POST', 'clock', { advanceMs: 86_400_000 });
    const consent = await client.control('POST', 'authorize', {});
    const { headers } = await client.api('GET', 'Items', { token: consent.access_token });
    expect(headers.get('x-minlimit-remaining')).toBe('60');
    expect(headers.get('xero-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(Date.parse(headers.get('date') ?? '') - Date.now()).toBeGreaterThan(86_000_000);
  });

  it('are open while they take their time: a sixth is refused, and the figures tell', async () => {
    await client.control('POST', 'limits', { enabled: true, latencyMs: 200 });
    const answers = await Promise.all(Array.from({ length: 7 }, () => client.api('GET', 'Items')));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
    expect(answers.find(({ status }) => status === 429)?.headers.get('x-rate-limit-problem')).toBe(
      'concurrent',
    );
    const stats = await statsOf();
    expect(stats).toMatchObject({ calls: 7, maxInMinute: 7, refused: 2 });
    expect(stats.maxOpen).toBeGreaterThanOrEqual(5);
  });

  it('stay open when the client goes away, for as long as Xero would work on them', async () => {
    await client.control('POST', 'limits', { enabled: true, concurrent: 1, latencyMs: 300 });
    await expect(
      fetch(`${client.url}/api.xro/2.0/Items`, {
        headers: { authorization: `Bearer ${client.token}`, 'xero-tenant-id': client.tenantId },
        signal: AbortSignal.timeout(50),
      }),
    ).rejects.toThrow();
    expect((await client.api('GET', 'Items')).status).toBe(429);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await client.api('GET', 'Items')).status).toBe(200);
  });

  it('may carry a body with GET, as the SDK sends it', async () => {
    const { port } = new URL(client.url);
    const head = `GET /api.xro/2.0/Items HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${client.token}\r\n`;
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1');
      const parts: Buffer[] = [];
      socket
        .on('data', (part) => parts.push(part))
        .on('end', () => resolve(Buffer.concat(parts).toString()))
        .on('error', reject);
      socket.write(
        `${head}xero-tenant-id: ${client.tenantId}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
      );
    });
    expect(text).toMatch(/^HTTP\/1.1 200 OK/);
  });

  it('over 10 MB are refused', async () => {
    const headers = { authorization: `Bearer ${client.token}`, 'xero-tenant-id': client.tenantId };
    const answer = await client.raw('PUT', '/api.xro/2.0/Items', {
      headers,
      body: 'x'.repeat(11 * 1024 * 1024),
    });
    expect(answer.status).toBe(413);
  });
});
