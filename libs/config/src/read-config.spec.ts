import { randomBytes } from 'node:crypto';
import { ConfigError, readConfig, type Role } from './index.js';
import type { Environment } from './variables.js';

const key = () => randomBytes(32).toString('base64');
const service = {
  DATABASE_URL: 'postgres://sync:s3cret@db:5432/sync',
  ENCRYPTION_KEYS: `a:${key()}`,
};

function problemsOf(env: Environment, role: Role = 'standalone'): readonly string[] {
  try {
    readConfig(env, role);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('reading the environment', () => {
  it('needs nothing to try things out', () => {
    const config = readConfig({}, 'standalone');
    expect(config).toMatchObject({
      port: 3000,
      sandboxPort: 3001,
      sampleSize: 1000,
      databaseUrl: null,
      logLevel: 'info',
      xero: { app: null, apiUrl: 'https://api.xero.com' },
      warnings: [],
    });
  });

  it('puts the sandbox one port above', () => {
    expect(readConfig({ PORT: '4100' }, 'standalone').sandboxPort).toBe(4101);
    expect(readConfig({ PORT: '4100', SANDBOX_PORT: '5000' }, 'standalone').sandboxPort).toBe(5000);
  });

  it('lets a worker serve its figures where it is told a port, to this machine unless told otherwise', () => {
    expect(readConfig({}, 'standalone').workerMetrics).toBeNull();
    expect(readConfig({ WORKER_METRICS_HOST: '0.0.0.0' }, 'standalone').workerMetrics).toBeNull();
    const port = { WORKER_METRICS_PORT: '9464' };
    expect(readConfig(port, 'standalone').workerMetrics).toEqual({ host: '127.0.0.1', port: 9464 });
    const wide = { ...port, WORKER_METRICS_HOST: '0.0.0.0' };
    expect(readConfig(wide, 'standalone').workerMetrics).toEqual({ host: '0.0.0.0', port: 9464 });
    expect(problemsOf({ ...port, WORKER_METRICS_HOST: 'http://x' })).toHaveLength(1);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', REDIS_URL: '' }, 'standalone')).toMatchObject({
      port: 3000,
      redisUrl: null,
    });
  });

  it('names every problem at once, each with what to do', () => {
    const problems = problemsOf(
      { PORT: 'http', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud', ADMIN_EMAIL: 'a@b.cd' },
      'api',
    );
    expect(problems).toEqual([
      expect.stringMatching(/^PORT must be a whole number/),
      expect.stringMatching(/^DATABASE_URL must be an address of the form postgres/),
      expect.stringMatching(/^LOG_LEVEL must be one of/),
      expect.stringMatching(/^ENCRYPTION_KEYS is required by the api: set it to/),
      expect.stringMatching(/^ADMIN_PASSWORD is missing/),
    ]);
  });

  it.each(['api', 'worker'] as const)('demands database and keys of the %s', (role) => {
    expect(problemsOf({}, role)).toEqual([
      expect.stringContaining('DATABASE_URL'),
      expect.stringContaining('ENCRYPTION_KEYS'),
    ]);
    expect(problemsOf(service, role)).toEqual([]);
  });

  it('never repeats a secret in what it complains about', () => {
    const secret = 'do-not-print-me';
    const env = {
      DATABASE_URL: `mysql://u:${secret}@h/d`,
      REDIS_URL: `http://:${secret}@h`,
      ENCRYPTION_KEYS: `a:${secret}`,
      SESSION_SECRET: secret,
      ADMIN_PASSWORD: 'print-not',
    };
    const text = problemsOf(env, 'api').join();
    expect(text).not.toMatch(/do-not-print-me|print-not/);
    expect(text).toMatch(/DATABASE_URL.*REDIS_URL.*ENCRYPTION_KEYS.*SESSION_SECRET/s);
  });

  it('is frozen to the bottom', () => {
    const config = readConfig(service, 'api');
    expect(
      Object.isFrozen(config) && Object.isFrozen(config.xero) && Object.isFrozen(config.encryptionKeys),
    ).toBe(true);
  });
});

describe('encryption keys', () => {
  it('keep their order, so that the first one writes', () => {
    const [first, second] = [key(), key()];
    const config = readConfig({ ...service, ENCRYPTION_KEYS: `new:${first}, old:${second}` }, 'worker');
    expect(config.encryptionKeys.map(({ id, key }) => [id, key.toString('base64')])).toEqual([
      ['new', first],
      ['old', second],
    ]);
  });

  it.each([
    ['no id', key()],
    ['16 bytes only', `a:${randomBytes(16).toString('base64')}`],
    ['characters that are no base64', `a:${'*'.repeat(43)}=`],
    ['one id twice', `a:${key()},a:${key()}`],
    ['a comma at the end', `a:${key()},`],
  ])('refuse %s', (_, text) => {
    expect(problemsOf({ ...service, ENCRYPTION_KEYS: text }, 'api')).toEqual([
      expect.stringMatching(/^ENCRYPTION_KEYS /),
    ]);
  });
});

describe('the public address', () => {
  it('is not put into documents if it contains "xero", and says why', () => {
    const config = readConfig({ PUBLIC_URL: 'https://Xero-sync.example.com/' }, 'standalone');
    expect(config).toMatchObject({ publicUrl: 'https://xero-sync.example.com', linkUrl: null });
    expect(config.warnings).toEqual([expect.stringMatching(/Xero refuses documents.*Reference/)]);
  });

  it('is linked to otherwise', () => {
    expect(readConfig({ PUBLIC_URL: 'https://sync.example.com' }, 'standalone').linkUrl).toBe(
      'https://sync.example.com',
    );
  });

  it.each(['ftp://example.com', 'https://example.com/path', 'https://u:p@example.com', 'example.com'])(
    'refuses %s',
    (PUBLIC_URL) =>
      expect(problemsOf({ PUBLIC_URL })).toEqual([expect.stringMatching(/^PUBLIC_URL must be/)]),
  );
});

describe('the addresses of Xero', () => {
  it.each(['http://localhost:3001', 'http://sandbox:3001', 'https://api.xero.com/'])('may be %s', (url) => {
    expect(readConfig({ XERO_API_URL: url }, 'cli').xero.apiUrl).toBe(url.replace(/\/$/, ''));
  });

  it('are never plain http beyond this network, since tokens travel there', () => {
    expect(problemsOf({ XERO_IDENTITY_URL: 'http://identity.xero.com' })).toHaveLength(1);
  });
});

describe('sessions', () => {
  it('get a secret derived from the first key, the same in every process', () => {
    const secret = readConfig(service, 'api').sessionSecret;
    expect(secret).toBe(readConfig(service, 'api').sessionSecret);
    expect(secret).not.toBe(readConfig({ ...service, ENCRYPTION_KEYS: `a:${key()}` }, 'api').sessionSecret);
  });
});
