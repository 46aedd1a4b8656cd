import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnNode } from '@sync/testing';
import { Client } from 'pg';
import { readPostmasterFile } from './postmaster-file.js';
import { isAlive } from './running-process.js';
import { servesCluster } from './stale-server.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start.js';

/** What `npm test` has built: a child process cannot load the TypeScript sources. */
const builtModule = join(__dirname, '../../dist/embedded-postgres/index.js');
const log = { info: () => undefined, warn: () => undefined };

describe('startEmbeddedPostgres', () => {
  let dataDirectory: string;
  const running: EmbeddedPostgres[] = [];

  beforeEach(() => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'embedded-postgres-'));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((postgres) => postgres.stop()));
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  async function start(): Promise<EmbeddedPostgres> {
    const postgres = await startEmbeddedPostgres({ dataDirectory, log });
    running.push(postgres);
    return postgres;
  }

  async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  const cluster = (): string => join(dataDirectory, 'postgres');
  const portOf = (url: string): number => Number(new URL(url).port);

  it('keeps data and port over a clean stop', async () => {
    const first = await start();
    expect(first.firstStart).toBe(true);
    await query(first.url, 'create table kept as select 7 as id');
    const pid = (await readPostmasterFile(cluster()))?.pid ?? 0;
    await Promise.all([first.stop(), first.stop()]);
    expect(isAlive(pid)).toBe(false);
    expect(readFileSync(join(dataDirectory, 'postgres.log'), 'utf8')).toContain(
      'database system is shut down',
    );

    const second = await start();
    expect(second.firstStart).toBe(false);
    expect(portOf(second.url)).toBe(portOf(first.url));
    await expect(query(second.url, 'select id from kept')).resolves.toEqual([{ id: 7 }]);
    expect(readFileSync(join(dataDirectory, 'postgres.log'), 'utf8')).not.toContain('not properly shut down');
  });

  it('lets nobody in without the password, and listens on the loopback interface only', async () => {
    const { url, databaseUrl } = await start();
    const wrong = new URL(databaseUrl('postgres'));
    wrong.password = 'guessed';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    await expect(query(url, 'show listen_addresses')).resolves.toEqual([{ listen_addresses: '127.0.0.1' }]);
    await expect(query(url, 'show unix_socket_directories')).resolves.toEqual([
      { unix_socket_directories: '' },
    ]);
    expect(existsSync(`${cluster()}.password`)).toBe(false);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('keeps our environment from the server, which may run as another user', async () => {
    await start();
    const pid = (await readPostmasterFile(cluster()))?.pid ?? 0;
    const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .map((each) => each.split('=')[0]);
    expect(names).toContain('LC_ALL');
    expect(names).not.toContain('PATH');
  });

  it('takes another port when a program took the remembered one, and remembers that', async () => {
    const first = await start();
    const port = portOf(first.url);
    await first.stop();
    const intruder = createServer().listen(port, '127.0.0.1');
    const second = await start();
    expect(portOf(second.url)).not.toBe(port);
    expect(readFileSync(join(dataDirectory, 'postgres-port'), 'utf8')).toBe(`${portOf(second.url)}\n`);
    await expect(query(second.url, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
    intruder.close();
  });

  it('begins anew after a first start that was cut off half way', async () => {
    mkdirSync(`${cluster()}.partial`);
    writeFileSync(join(`${cluster()}.partial`, 'PG_VERSION'), '18');
    const postgres = await start();
    expect(postgres.firstStart).toBe(true);
    expect(existsSync(`${cluster()}.partial`)).toBe(false);
  });

  it('makes the database that a first start was killed before making', async () => {
    const first = await start();
    await query(first.databaseUrl('postgres'), 'drop database crm_xero_sync');
    await first.stop();
    const second = await start();
    await expect(query(second.url, 'select current_database() as name')).resolves.toEqual([
      { name: 'crm_xero_sync' },
    ]);
  });

  it('refuses data of another major version', async () => {
    mkdirSync(cluster());
    writeFileSync(join(cluster(), 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/was written by Postgres 17; the installed one is 18.*\nMove /s);
  });

  it('says so when the secrets do not belong to the data', async () => {
    const first = await start();
    await first.stop();
    rmSync(join(dataDirectory, 'secrets.json'));
    await expect(start()).rejects.toThrow(/does not accept the password in secrets.json/);
    await expect(readPostmasterFile(cluster())).resolves.toBeUndefined();
  });

  it('says what Postgres said when it does not start', async () => {
    const failing = startEmbeddedPostgres({ dataDirectory, log, settings: { shared_buffers: 'many' } });
    await expect(failing).rejects.toThrow(/Postgres did not start \(in .*\):\n.*shared_buffers/s);
  });

  describe('as root, under a closed umask', () => {
    const asRoot = process.getuid?.() === 0 && process.platform === 'linux' ? it : it.skip;
    let umask: number;
    beforeEach(() => {
      umask = process.umask(0o077);
    });
    afterEach(() => process.umask(umask));

    asRoot('runs as another user on data that only that user may read', async () => {
      const postgres = await start();
      await expect(query(postgres.url, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
      expect(statSync(cluster())).toMatchObject({ uid: 65534, mode: 0o40700 });
      expect(statSync(join(dataDirectory, 'secrets.json'))).toMatchObject({ uid: 0, mode: 0o100600 });
    });

    asRoot('says which folder is closed, and what to do', async () => {
      const closed = join(dataDirectory, 'closed');
      mkdirSync(closed, { mode: 0o700 });
      const starting = startEmbeddedPostgres({ dataDirectory: join(closed, 'data'), log });
      await expect(starting).rejects.toThrow(`"nobody" cannot enter ${closed}.\nLet others enter it`);
    });
  });

  describe('after a kill -9', () => {
    /** A start in a process of its own, which is then killed; its server goes on without it. */
    async function leaveServerBehind(): Promise<{ pid: number; url: string }> {
      const script = join(dataDirectory, 'start.js');
      writeFileSync(
        script,
        `const { startEmbeddedPostgres } = require(${JSON.stringify(builtModule)});
         const log = { info() {}, warn() {} };
         startEmbeddedPostgres({ dataDirectory: ${JSON.stringify(dataDirectory)}, log })
           .then((postgres) => console.log('url ' + postgres.url));`,
      );
      const owner = spawnNode(script);
      const url = (await owner.waitForLine(/^url /)).slice(4);
      await query(url, 'create table kept as select generate_series(1, 1000) as id');
      await owner.kill('SIGKILL');
      const pid = (await readPostmasterFile(cluster()))?.pid ?? 0;
      return { pid, url };
    }

    it('of the start: ends the server that was left behind and goes on with all rows', async () => {
      const left = await leaveServerBehind();
      expect(servesCluster(left.pid, cluster())).toBe(true);
      const postgres = await start();
      expect(servesCluster(left.pid, cluster())).toBe(false);
      await expect(query(postgres.url, 'select count(*)::int as n from kept')).resolves.toEqual([
        { n: 1000 },
      ]);
    });

    it('of the server too: recovers all rows', async () => {
      const left = await leaveServerBehind();
      process.kill(left.pid, 'SIGKILL');
      const postgres = await start();
      await expect(query(postgres.url, 'select count(*)::int as n from kept')).resolves.toEqual([
        { n: 1000 },
      ]);
    });

    it('does not end a process that merely got the same id', async () => {
      const first = await start();
      await first.stop();
      const bystander = spawnNode('-e', { args: ['setInterval(() => {}, 1000)'] });
      writeFileSync(
        join(cluster(), 'postmaster.pid'),
        `${bystander.pid}\n${cluster()}\n0\n5432\n\n127.0.0.1\n\nready\n`,
      );
      await start();
      expect(isAlive(bystander.pid)).toBe(true);
      await bystander.kill('SIGKILL');
    });
  });
});
