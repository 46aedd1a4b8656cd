import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type RunningSandbox, SAMPLE_CRM_KEY, startSandbox } from '@sync/sandbox';
import { spawnNode } from '@sync/testing';
import { tryCrm } from './try-crm.js';

const main = resolve(__dirname, '../../dist/main.js');

let sandbox: RunningSandbox;
let folder: string;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, sample: { size: 30, seed: 1 } });
  folder = await mkdtemp(join(tmpdir(), 'cli-spec-'));
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

async function keyFile(key: string): Promise<string> {
  const path = join(folder, 'key');
  await writeFile(path, `${key}\n`);
  return path;
}

async function run(...args: string[]) {
  const child = spawnNode(main, { args: ['crm-conformance', `${sandbox.url}/crm`, ...args] });
  const { code } = await child.exited;
  return { code, output: child.output() };
}

/** A terminal of which the input is scripted: each answer is given when its question stands there. */
function scripted(interactive: boolean) {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const answers: { question: string; answer: () => Promise<string> }[] = [];
  let asked = '';
  errors.on('data', (chunk: Buffer) => {
    asked += chunk.toString();
    const [next] = answers;
    if (next === undefined || !asked.endsWith(next.question)) return;
    answers.shift();
    void next.answer().then((line) => input.write(`${line}\n`));
  });
  return { terminal: { input, output, errors, interactive }, answers, asked: () => asked };
}

/** Does in the sample CRM what a person would do; gives what to type. */
async function act(entity: string, action: string): Promise<string> {
  const answer = await fetch(`${sandbox.url}/_sandbox/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ side: 'crm', entity, action }),
  });
  const { ids } = (await answer.json()) as { ids: string[] };
  return `${entity} ${ids[0]}`;
}

it('ends with 0 and prints each rule where the contract is kept', async () => {
  const { code, output } = await run('--key-file', await keyFile(SAMPLE_CRM_KEY));
  expect(output).toMatch(/^kept {5}invoices\.add-up/m);
  expect(output).toMatch(/^untried {2}follow\.changed/m);
  expect([code, output]).toEqual([0, expect.stringContaining('0 broken')]);
});

it('ends with 1 and says what to do where it is not', async () => {
  const { code, output } = await run('--key-file', await keyFile('another-key'));
  expect([code, output]).toEqual([
    1,
    expect.stringMatching(/^BROKEN {3}reference\.shape .*401.*\n {9}→ Answer GET/m),
  ]);
});

it('gives the report as JSON', async () => {
  const { code, output } = await run('--json', '--key-file', await keyFile(SAMPLE_CRM_KEY));
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ ok: true, checks: expect.any(Array) });
});

it('writes only where it is told to', async () => {
  const key = ['--key-file', await keyFile(SAMPLE_CRM_KEY)];
  expect((await run(...key)).output).not.toContain('write.');
  const { code, output } = await run('--write', ...key);
  expect(output).toMatch(/^kept {5}write\.payments\.once .*written twice, one record/m);
  expect(code).toBe(0);
});

it('says how to give a key where there is none', async () => {
  const { code, output } = await run();
  expect([code, output]).toEqual([1, expect.stringContaining('--key-file')]);
});

it('takes the key from a pipe', async () => {
  const { terminal } = scripted(false);
  terminal.input.end(`${SAMPLE_CRM_KEY}\n`);
  expect(
    await tryCrm({ url: `${sandbox.url}/crm`, keyFile: null, json: false, write: false, terminal }),
  ).toBe(true);
});

it('asks a person for the key without showing it, and for a change and a deletion', async () => {
  const { terminal, answers, asked } = scripted(true);
  answers.push(
    { question: '(it is not shown): ', answer: async () => SAMPLE_CRM_KEY },
    { question: 'out: ', answer: async () => 'nonsense' },
    { question: 'out: ', answer: () => act('invoices', 'edit') },
    { question: 'out: ', answer: () => act('payments', 'delete') },
  );
  const ok = await tryCrm({ url: `${sandbox.url}/crm`, keyFile: null, json: false, write: false, terminal });
  terminal.output.end();
  const output = await text(terminal.output);
  expect(output).toMatch(/^kept {5}follow\.changed .*is named$/m);
  expect(output).toMatch(/^kept {5}follow\.deleted .*is reported$/m);
  expect(ok).toBe(true);
  expect(asked()).toContain('"nonsense" is not an entity');
  expect(asked() + output).not.toContain(SAMPLE_CRM_KEY);
});
