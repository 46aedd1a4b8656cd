import { randomUUID } from 'node:crypto';
import { createTestDatabase, describeWith, type TestDatabase, waitUntil } from '@sync/testing';
import { type ApiUnderTest, startApiUnderTest } from './testing/api-under-test.js';
import { type NewOrganization, newOrganization } from './testing/new-organization.js';

const event = (more: Record<string, unknown> = {}) => ({
  id: 'evt-1',
  entity: 'invoices',
  recordId: '17',
  action: 'updated',
  occurredAt: '2026-11-20T10:00:00Z',
  ...more,
});

describeWith(['postgres'], 'POST /v1/events', () => {
  let database: TestDatabase;
  let api: ApiUnderTest;
  let acme: NewOrganization;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await startApiUnderTest(database.url);
    acme = await newOrganization(api);
  });
  afterAll(async () => {
    await api?.close();
    await database?.drop();
  });

  const post = (key: string, events: unknown) => api.call('post /v1/events', { key, body: { events } });
  const recordsOf = async ({ id, key }: NewOrganization, text: string) => {
    const { body } = await api.call(`get /v1/organizations/${id}/records?text=${text}`, { key });
    return body['items'] as { crmId: string; status: string }[];
  };

  it('answers 202 once the hints are stored', async () => {
    const answer = await post(acme.key, [event({ recordId: '4711' })]);
    expect(answer).toMatchObject({ status: 202, body: { accepted: 1, rejected: [] } });
    await expect(recordsOf(acme, '4711')).resolves.toMatchObject([{ crmId: '4711', status: 'pending' }]);
  });

  it('rings the doorbell of the entity, named for people', async () => {
    await post(acme.key, [event({ entity: 'customers' })]);
    const queue = api.service.queueBackend.queue('customers');
    const [job] = await waitUntil(
      async () => {
        const jobs = await queue.getJobs(['prioritized', 'waiting']);
        return jobs.length > 0 ? jobs : undefined;
      },
      { what: 'a ring of the customers' },
    );
    expect(job?.name).toBe('Acme Ltd · customers');
    expect(job?.data).toEqual({ v: 1, organizationId: acme.id });
  });

  it('takes the good events of a request and says of each bad one what is wrong', async () => {
    const { status, body } = await post(acme.key, [
      event(),
      event({ id: 'a', entity: 'unicorns' }),
      event({ id: 'b', action: 'exploded' }),
      event({ id: 'c', recordId: '' }),
      event({ id: 'd', recordId: 'x\u0000y' }),
      event({ id: 'e', organizationId: randomUUID() }),
      event({ id: 'f', organizationId: 'not-an-id' }),
      event({ id: 'g', occurredAt: 'yesterday' }),
      event({ id: 'h', surprise: true }),
      'no event at all',
      null,
    ]);
    expect({ status, accepted: body['accepted'] }).toEqual({ status: 202, accepted: 1 });
    const rejected = body['rejected'] as { index: number; id: string | null; code: string; detail: string }[];
    expect(rejected.map(({ index, id, code }) => [index, id, code])).toEqual([
      [1, 'a', 'UNKNOWN_ENTITY'],
      [2, 'b', 'UNKNOWN_ACTION'],
      [3, 'c', 'INVALID_RECORD_ID'],
      [4, 'd', 'INVALID_RECORD_ID'],
      [5, 'e', 'UNKNOWN_ORGANIZATION'],
      [6, 'f', 'UNKNOWN_ORGANIZATION'],
      [7, 'g', 'INVALID_EVENT'],
      [8, 'h', 'INVALID_EVENT'],
      [9, null, 'INVALID_EVENT'],
      [10, null, 'INVALID_EVENT'],
    ]);
    expect(rejected.every(({ detail }) => detail.length > 10)).toBe(true);
  });

  it('knows an expense as an expense only, whatever it is booked as', async () => {
    const { status, body } = await post(acme.key, [event({ entity: 'bills' })]);
    expect(status).toBe(400);
    expect(body).toMatchObject({ rejected: [{ index: 0, code: 'UNKNOWN_ENTITY' }] });
  });

  it('answers 400 if nothing was accepted, and still says why', async () => {
    const { status, body } = await post(acme.key, [event({ entity: 'unicorns' })]);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 'NOTHING_ACCEPTED',
      rejected: [{ index: 0, code: 'UNKNOWN_ENTITY' }],
    });
  });

  it.each([
    ['no JSON', '{"events": [', 'MALFORMED_JSON'],
    ['a bare list', '[]', 'INVALID_REQUEST'],
    ['no events', '{"events": []}', 'INVALID_REQUEST'],
    ['unknown fields', '{"events": [1], "more": 1}', 'INVALID_REQUEST'],
    ['nothing', '', 'INVALID_REQUEST'],
    ['a megabyte of brackets', `{"events": ${'['.repeat(400_000)}${']'.repeat(400_000)}}`, 'INVALID_REQUEST'],
    ['a poisoned prototype', '{"__proto__": {"events": [{}]}}', 'INVALID_REQUEST'],
  ])('answers 400 to an envelope of %s', async (_, raw, code) => {
    const answer = await api.call('post /v1/events', { key: acme.key, raw });
    expect(answer).toMatchObject({ status: 400, body: { code, status: 400 } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('answers 413 above 1 MB, and takes what is just below', async () => {
    const pad = (size: number) => `{"events":[${JSON.stringify(event())}]${' '.repeat(size)}}`;
    const over = await api.call('post /v1/events', { key: acme.key, raw: pad(1024 * 1024) });
    expect(over).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
    const under = await api.call('post /v1/events', { key: acme.key, raw: pad(1_000_000) });
    expect(under.status).toBe(202);
  });

  it('answers 415 to what is not declared as JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    const answer = await api.call('post /v1/events', { key: acme.key, raw: '{}', headers });
    expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
  });

  it('is not harmed by a prototype inside an event', async () => {
    const raw = `{"events":[{"__proto__":{"polluted":true},"id":"p","entity":"items","recordId":"1","action":"updated","occurredAt":"2026-11-20T10:00:00Z"}]}`;
    const answer = await api.call('post /v1/events', { key: acme.key, raw });
    expect([202, 400]).toContain(answer.status);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('takes a hundred posts in a burst', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => post(acme.key, [event({ recordId: 'burst-1' })])),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    await expect(recordsOf(acme, 'burst-1')).resolves.toHaveLength(1);
  });

  it('lets the installation key name any organization, but it must name one', async () => {
    await expect(post(api.installationKey, [event({ organizationId: acme.id })])).resolves.toMatchObject({
      status: 202,
    });
    await expect(post(api.installationKey, [event()])).resolves.toMatchObject({
      status: 400,
      body: { rejected: [{ code: 'UNKNOWN_ORGANIZATION' }] },
    });
  });

  it('refuses events for another organization', async () => {
    const other = await newOrganization(api, { name: 'Other Ltd' });
    for (const key of [acme.key, acme.crmKey]) {
      const { status, body } = await post(key, [event({ organizationId: other.id, recordId: 'foreign' })]);
      expect({ status, body }).toMatchObject({
        status: 400,
        body: { rejected: [{ code: 'UNKNOWN_ORGANIZATION' }] },
      });
    }
    await expect(recordsOf(other, 'foreign')).resolves.toEqual([]);
  });

  it("takes a CRM's events for every organization of that CRM, or for the one that is named", async () => {
    const first = await newOrganization(api, { name: 'North Ltd' });
    const second = await newOrganization(api, { name: 'South Ltd', crmConnectionId: first.crmConnectionId });
    await expect(post(first.crmKey, [event({ recordId: 'both' })])).resolves.toMatchObject({ status: 202 });
    await expect(
      post(first.crmKey, [event({ recordId: 'one', organizationId: second.id })]),
    ).resolves.toMatchObject({
      status: 202,
    });
    await expect(recordsOf(first, 'both')).resolves.toHaveLength(1);
    await expect(recordsOf(second, 'both')).resolves.toHaveLength(1);
    await expect(recordsOf(first, 'one')).resolves.toHaveLength(0);
    await expect(recordsOf(second, 'one')).resolves.toHaveLength(1);
  });

  it('rejects events of an entity that is switched off', async () => {
    const quiet = await newOrganization(api, { name: 'Quiet Ltd' });
    const settings = { key: quiet.key, body: { directions: { invoices: 'off', payments: 'to-crm' } } };
    await api.call(`patch /v1/organizations/${quiet.id}/settings`, settings);
    await expect(post(quiet.key, [event()])).resolves.toMatchObject({
      status: 400,
      body: { rejected: [{ code: 'ENTITY_OFF' }] },
    });
  });
});
