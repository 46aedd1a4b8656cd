import { freePort } from './free-port.js';
import { probeServices } from './probe-services.js';
import { DATABASE_TEST_URL } from './service-addresses.js';
import { serviceFinding } from './service-findings.js';

describe('probing the servers', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it('says where nothing answers, and why', async () => {
    const port = await freePort();
    process.env[DATABASE_TEST_URL] = `postgres://root@127.0.0.1:${port}/postgres`;
    const { postgres } = await probeServices();
    expect(postgres).toEqual({
      available: false,
      reason: expect.stringMatching(`no Postgres at 127.0.0.1:${port} \\(.*ECONNREFUSED`) as string,
    });
  });

  it('finds out without the global setup whether a port answers', async () => {
    delete process.env['TEST_SERVICE_FINDINGS'];
    const port = await freePort();
    process.env[DATABASE_TEST_URL] = `postgres://root@127.0.0.1:${port}/postgres`;
    expect(serviceFinding('postgres')).toEqual({
      available: false,
      reason: `no Postgres at 127.0.0.1:${port}`,
    });
  });
});
