import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  connectTo,
  invoiceFor,
  type Json,
  makeContact,
  openClient,
  type SandboxClient,
} from '../testing/sandbox-client.js';

const built = join(__dirname, '../../dist/main.js');
const whenBuilt = existsSync(built) ? it : it.skip;
if (!existsSync(built)) console.warn('Skipped the test with SIGKILL: build the sandbox first.');

describe('Kept books', () => {
  let folder: string;
  const running: { close(): unknown }[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  });
  afterEach(async () => {
    await closeAll();
    rmSync(folder, { recursive: true });
  });

  const open = async (): Promise<SandboxClient> => {
    const client = await openClient({ dataDir: folder });
    running.push(client);
    return client;
  };
  const closeAll = async (): Promise<void> => {
    for (const one of running.splice(0)) await one.close();
  };

  const ledger = async (client: { control(method: string, path: string): Promise<Json> }) =>
    client.control('GET', 'ledger?documents=1');

  it('come back with documents, consents, connections and the clock', async () => {
    const before = await open();
    const contact = await makeContact(before);
    await before.api('PUT', 'Invoices', {
      body: { Invoices: [invoiceFor(contact, { InvoiceNumber: 'A' })] },
    });
    await before.control('POST', 'act', {
      entity: 'invoice',
      number: 'A',
      action: 'pay',
      fields: { Amount: 10 },
    });
    await before.control('POST', 'clock', { advanceMs: 60_000 });
    const kept = await ledger(before);
    await closeAll();
    const after = await open();
    expect(await ledger(after)).toEqual(kept);
    expect((await after.api('GET', 'Items', { token: before.token })).status).toBe(200);
    expect((await after.control('GET', 'clock')).offsetMs).toBe(60_000);
  });

  it('lose only the line that was never finished', async () => {
    const before = await open();
    await makeContact(before);
    const kept = await ledger(before);
    await closeAll();
    appendFileSync(join(folder, 'books.jsonl'), '[["x","contacts","1",{"id":"1","upd');
    const after = await open();
    expect(await ledger(after)).toEqual(kept);
  });

  it('of version 0.1, which held sales invoices and receipts only, go on as they were', async () => {
    const before = await open();
    const contact = await makeContact(before);
    const Invoices = [invoiceFor(contact, { InvoiceNumber: 'A' })];
    await before.api('PUT', 'Invoices', { body: { Invoices } });
    const fields = { Amount: 8.25 };
    await before.control('POST', 'act', { entity: 'invoice', number: 'A', action: 'pay', fields });
    const kept = await ledger(before);
    await closeAll();
    const file = join(folder, 'books.jsonl');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    writeFileSync(
      file,
      lines.map((line) => `${JSON.stringify(JSON.parse(line).flatMap(asThen))}\n`).join(''),
    );
    const after = await open();
    expect(await ledger(after)).toEqual(kept);
    const [invoice] = (await after.api('GET', 'Invoices/A')).json.Invoices;
    expect(invoice).toMatchObject({ Type: 'ACCREC', AmountCredited: 0, LineItems: [{ Tracking: [] }] });
    expect((await after.api('GET', 'BrandingThemes')).json.BrandingThemes).toHaveLength(2);
    expect((await after.api('GET', 'TrackingCategories')).json.TrackingCategories).toHaveLength(1);
  });

  it('that are damaged in the middle stop the start with the place', async () => {
    writeFileSync(join(folder, 'books.jsonl'), '[]\n{"broken\n[]\n');
    await expect(open()).rejects.toThrow(/books\.jsonl line 2\. Delete the file/);
  });

  it('keep nothing of a request that was refused', async () => {
    const before = await open();
    const contact = await makeContact(before);
    const twice = [invoiceFor(contact, { InvoiceNumber: 'A' }), invoiceFor(contact, { InvoiceNumber: 'A' })];
    await before.api('PUT', 'Invoices', { body: { Invoices: twice } });
    await closeAll();
    const after = await open();
    expect((await after.api('GET', 'Invoices')).json.Invoices).toEqual([]);
  });

  whenBuilt('hold every answered write after a SIGKILL', async () => {
    const first = await run();
    const client = await connectTo(first.url);
    const answered: string[] = [];
    const writing = (async () => {
      for (let at = 0; ; at++) {
        const { json } = await client.api('PUT', 'Items', { body: { Items: [{ Code: `I-${at}` }] } });
        answered.push(json.Items[0].Code);
      }
    })().catch((error: unknown) => error);
    while (answered.length < 50) await new Promise((resolve) => setTimeout(resolve, 5));
    first.child.kill('SIGKILL');
    await writing;
    const second = await run();
    const again = await connectTo(second.url);
    const kept: string[] = (await again.api('GET', 'Items')).json.Items.map((one: Json) => one.Code);
    expect(answered.filter((code) => !kept.includes(code))).toEqual([]);
    expect(kept.length - answered.length).toBeLessThanOrEqual(1);
  });

  function run(): Promise<{ child: ChildProcess; url: string }> {
    const child = spawn(process.execPath, [built, folder], { env: { ...process.env, SANDBOX_PORT: '0' } });
    running.push({ close: () => child.kill('SIGTERM') });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.stdout.once('data', (text: Buffer) =>
        resolve({ child, url: text.toString().trim().slice('sandbox: '.length) }),
      );
    });
  }
});

/** An entry of the journal as version 0.1 wrote it; what it did not know is left out. */
function asThen([scope, kind, id, row]: [string, string, string, Json]): Json[] {
  if (kind === 'brandingThemes' || kind === 'trackingCategories') return [];
  const {
    nextCreditNoteNumber: _n,
    nextOrderNumber: _o,
    isSupplier: _s,
    plannedPaymentDate: _p,
    ...rest
  } = row;
  const { brandingThemeId: _t, amountCredited: _c, target: _k, targetId, batchId: _b, ...older } = rest;
  if (kind === 'payments') return [[scope, kind, id, { ...older, invoiceId: targetId }]];
  if (kind !== 'invoices') return [[scope, kind, id, older]];
  const { type: _type, lines, ...invoice } = older;
  const tracking = [{ name: 'Any', option: 'Word' }];
  return [[scope, kind, id, { ...invoice, lines: lines.map((line: Json) => ({ ...line, tracking })) }]];
}
