import { createTestDatabase, describeWith, type TestDatabase } from '@sync/testing';
import { type ApiUnderTest, startApiUnderTest } from './testing/api-under-test.js';
import { type NewOrganization, newOrganization } from './testing/new-organization.js';

describeWith(['postgres'], 'how entities are read from Xero', () => {
  let database: TestDatabase;
  let api: ApiUnderTest;
  let organization: NewOrganization;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await startApiUnderTest(database.url);
    organization = await newOrganization(api);
    const { admin } = api.service.storage;
    await admin.updateSettings(organization.id, { writeBack: true, directions: { items: 'off' } });
  });
  afterAll(async () => {
    await api?.close();
    await database?.drop();
  });

  const path = () => `/v1/organizations/${organization.id}/readings`;
  const move = (entity: string, from: unknown, key = organization.key) =>
    api.call(`put ${path()}/${entity}/pulled-from`, { key, body: { from } });

  it('is told for every entity that is on', async () => {
    const { status, body } = await api.call(`get ${path()}`, { key: organization.key });
    expect(status).toBe(200);
    expect(body['entities']).toMatchObject({
      invoices: { readAt: null, pulledFrom: null, nearMisses: 0, lastNearMissAt: null },
    });
    expect(Object.keys(body['entities'] as object)).not.toContain('items');
  });

  it('begins at the day that somebody sets', async () => {
    const { status, body } = await move('invoices', '2024-02-29');
    expect([status, body['pulledFrom']]).toEqual([202, '2024-02-29T00:00:00.000Z']);
    const shown = await api.call(`get ${path()}`, { key: organization.key });
    expect(shown.body['entities']).toMatchObject({ invoices: { pulledFrom: '2024-02-29T00:00:00.000Z' } });
  });

  it.each([
    ['no day', 'yesterday', 'YYYY-MM-DD'],
    ['a day that does not exist', '2023-02-29', 'YYYY-MM-DD'],
    ['a day before there was Xero', '0024-02-29', '1990-01-01'],
    ['a day to come', '2999-01-01', 'future'],
  ])('refuses %s, and says so', async (_, from, says) => {
    const { status, text } = await move('invoices', from);
    expect([status, text]).toEqual([400, expect.stringContaining(says)]);
  });

  it('refuses what does not flow into the CRM, and says what to set first', async () => {
    const { status, text } = await move('customers', '2024-01-01');
    expect([status, text]).toEqual([409, expect.stringContaining('direction')]);
    expect((await move('unicorns', '2024-01-01')).status).toBe(404);
  });

  it("does not exist for another organization's key", async () => {
    const { key } = await newOrganization(api, { name: 'Other Ltd' });
    expect((await api.call(`get ${path()}`, { key })).status).toBe(404);
    expect((await move('invoices', '2020-01-01', key)).status).toBe(404);
    const shown = await api.call(`get ${path()}`, { key: organization.key });
    expect(shown.body['entities']).toMatchObject({ invoices: { pulledFrom: '2024-02-29T00:00:00.000Z' } });
  });
});
