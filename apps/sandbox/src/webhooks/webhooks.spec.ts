import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { billFor, creditNoteFor, make, send, spendFor } from '../testing/documents.js';
import {
  invoiceFor,
  type Json,
  makeContact,
  openClient,
  type SandboxClient,
} from '../testing/sandbox-client.js';
import { openReceiver, pause, type WebhookReceiver } from '../testing/webhook-receiver.js';

describe('Webhooks', () => {
  let client: SandboxClient;
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    client = await openClient();
    receiver = await openReceiver();
  });
  afterEach(async () => {
    receiver.close();
    await client.close();
  });

  const subscribe = (options: object = {}, to = receiver) =>
    client.raw('POST', '/_sandbox/webhooks', {
      body: JSON.stringify({ url: to.url, key: to.key, delayMs: 20, ...options }),
      headers: { 'content-type': 'application/json' },
    });
  const state = async (): Promise<Json> => (await client.control('GET', 'webhooks')).subscriptions[0];
  const advance = (advanceMs: number) => client.control('POST', 'clock', { advanceMs });
  const told = (events: readonly Json[]) =>
    events.map(({ eventCategory, eventType, resourceId }) => [eventCategory, eventType, resourceId]);

  it('ask for the intent to receive, with right and wrong signatures and no events', async () => {
    expect((await subscribe()).status).toBe(200);
    expect(receiver.bodies.map(({ events }) => events)).toEqual([[], []]);
    expect(await state()).toMatchObject({ status: 'active', url: receiver.url, pending: 0 });
  });

  it('are refused to who takes any signature, who does not answer, and who is no app', async () => {
    const careless = await openReceiver(200);
    const answer = await subscribe({}, careless);
    expect([answer.status, answer.json.error]).toEqual([
      400,
      'The intent to receive was not shown: a wrongly signed request must be answered 401, not 200.',
    ]);
    careless.close();
    const closed = await subscribe({}, careless);
    expect([closed.status, closed.json.error]).toEqual([400, expect.stringContaining('not fail:')]);
    expect((await subscribe({ clientId: 'nobody' })).status).toBe(404);
    expect((await subscribe({ loss: 2 })).status).toBe(400);
    expect((await client.control('GET', 'webhooks')).subscriptions).toEqual([]);
  });

  it('tell of contacts, invoices, bills and credit notes, and of nothing else', async () => {
    await subscribe();
    const contact = await makeContact(client);
    const { InvoiceID: invoice } = await make(client, 'Invoices', invoiceFor(contact));
    const { InvoiceID: bill } = await make(client, 'Invoices', billFor(contact));
    const { CreditNoteID: note } = await make(client, 'CreditNotes', creditNoteFor(contact));
    await make(client, 'BankTransactions', spendFor(contact));
    await make(client, 'Items', { Code: 'A' });
    expect(told(await receiver.until(4))).toEqual([
      ['CONTACT', 'CREATE', contact],
      ['INVOICE', 'CREATE', invoice],
      ['INVOICE', 'CREATE', bill],
      ['CREDITNOTE', 'CREATE', note],
    ]);
    expect(receiver.events[3]).toMatchObject({
      resourceUrl: `https://api.xero.com/api.xro/2.0/CreditNotes/${note}`,
      tenantId: client.tenantId,
      tenantType: 'ORGANISATION',
      eventDateUtc: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}$/),
      data: { Type: 'ACCRECCREDIT', Status: 'AUTHORISED' },
    });
  });

  it('tell of payments and of what people do as of a change, and gather what happens close together', async () => {
    const contact = await makeContact(client);
    const { InvoiceID: id } = await make(client, 'Invoices', invoiceFor(contact));
    await subscribe({ delayMs: 100 });
    await make(client, 'Payments', { Invoice: { InvoiceID: id }, Account: { Code: '090' }, Amount: 8.25 });
    await client.control('POST', 'act', { entity: 'contact', id: contact, action: 'archive' });
    expect(told(await receiver.until(2))).toEqual([
      ['INVOICE', 'UPDATE', id],
      ['CONTACT', 'UPDATE', contact],
    ]);
    expect(receiver.bodies.at(-1)).toMatchObject({ firstEventSequence: 1, lastEventSequence: 2 });
  });

  it('do not tell of what does not move UpdatedDateUTC, nor of what was refused', async () => {
    const contact = await makeContact(client);
    await subscribe();
    await send(client, 'PUT', 'Invoices', invoiceFor(contact, { DueDate: undefined }));
    await make(client, 'Invoices', invoiceFor(contact));
    await pause(60);
    expect(receiver.events.map(({ eventCategory }) => eventCategory)).toEqual(['INVOICE']);
  });

  it('tell an app of the organisations that are connected to it alone', async () => {
    const { tenantId } = await client.control('POST', 'tenants', { name: 'Other', baseCurrency: 'USD' });
    await subscribe();
    const { access_token: token } = await client.control('POST', 'authorize', { tenantIds: [tenantId] });
    const body = { Contacts: [{ Name: 'There' }] };
    await client.api('PUT', 'Contacts', { body, tenantId, token });
    expect((await receiver.until(1)).map((event) => event.tenantId)).toEqual([tenantId]);
    await client.control('POST', 'act', { tenantId, entity: 'organisation', action: 'disconnect' });
    await client.control('POST', 'act', { tenantId, entity: 'contact', id: 'There', action: 'archive' });
    await pause(60);
    expect(receiver.events).toHaveLength(1);
  });

  it('that are not received come again at once, then every 15 minutes of the clock of the sandbox', async () => {
    await subscribe();
    receiver.answers.push(500, 503, 302);
    await makeContact(client);
    const attempts = async (count: number): Promise<Json[]> => {
      for (let tries = 0; tries < 200 && (await state()).attempts.length < count; tries++) await pause(10);
      return (await state()).attempts;
    };
    expect((await attempts(2)).map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 503],
    ]);
    await pause(50);
    expect(await attempts(2)).toHaveLength(2);
    await advance(15 * 60_000);
    expect((await attempts(3)).at(-1)).toMatchObject({ attempt: 3, status: 302 });
    await advance(15 * 60_000);
    expect(await receiver.until(1)).toHaveLength(1);
    expect(await state()).toMatchObject({ delivered: 1, pending: 0, status: 'active' });
  });

  it('that become due when the clock is moved are sent before that is answered', async () => {
    await subscribe({ delayMs: 3_600_000 });
    await makeContact(client);
    await advance(3_599_000);
    expect(receiver.events).toEqual([]);
    await advance(1_000);
    expect(receiver.events).toHaveLength(1);
  });

  it('end after a day of failures, and are replayed in order to who subscribes again', async () => {
    await subscribe();
    receiver.answers.push(...Array(5).fill(500));
    const first = await makeContact(client);
    await pause(80);
    await advance(25 * 3_600_000);
    for (let tries = 0; tries < 100 && (await state()).status === 'active'; tries++) await pause(10);
    const { access_token: token } = await client.control('POST', 'authorize', {});
    const later = await client.api('PUT', 'Contacts', { body: { Name: 'Later' }, token });
    const second = later.json.Contacts[0].ContactID;
    expect(await state()).toMatchObject({ status: 'disabled', pending: 2 });
    receiver.answers.length = 0;
    await subscribe();
    expect((await receiver.until(2)).map(({ resourceId }) => resourceId)).toEqual([first, second]);
  });

  it('can be lost, doubled and disordered, in the same way for the same seed', async () => {
    const run = async (seed: number): Promise<string[]> => {
      await client.control('POST', 'reset', { keepConnections: true });
      await subscribe({ seed, loss: 0.2, duplicates: 0.2, disorder: 0.5 });
      receiver.events.length = 0;
      const Contacts = Array.from({ length: 60 }, (_, at) => ({ Name: `N${at}` }));
      const answer = await client.api('PUT', 'Contacts', { body: { Contacts } });
      for (let tries = 0; tries < 300 && (await state()).pending > 0; tries++) await pause(10);
      const ids = answer.json.Contacts.map(({ ContactID }: Json) => ContactID);
      return receiver.events.map(({ resourceId }) => `N${ids.indexOf(resourceId)}`);
    };
    const names = await run(7);
    const { lost, duplicated, delivered } = await state();
    expect([lost > 4, duplicated > 4, delivered]).toEqual([true, true, 60 - lost + duplicated]);
    expect(names).not.toEqual([...names].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
    expect(new Set(names).size).toBe(60 - lost);
    expect(new Set(await run(7))).toEqual(new Set(names));
    expect(new Set(await run(8))).not.toEqual(new Set(names));
  });

  it('are subscribed to for good: a sandbox that starts again goes on telling', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
    await client.close();
    client = await openClient({ dataDir });
    await subscribe();
    await client.close();
    client = await openClient({ dataDir });
    const contact = await makeContact(client);
    expect((await receiver.until(1)).map(({ resourceId }) => resourceId)).toEqual([contact]);
    rmSync(dataDir, { recursive: true });
  });

  it('end when they are taken away, and outlive a reset that keeps connections', async () => {
    await subscribe();
    await client.control('POST', 'reset', { keepConnections: true });
    await makeContact(client);
    expect(await receiver.until(1)).toHaveLength(1);
    await client.control('DELETE', 'webhooks');
    await makeContact(client);
    await pause(60);
    expect(receiver.events).toHaveLength(1);
  });
});
