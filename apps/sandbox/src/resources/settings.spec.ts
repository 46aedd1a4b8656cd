import { type Json, messagesOf, openClient, type SandboxClient } from '../testing/sandbox-client.js';

describe('Settings and items', () => {
  let client: SandboxClient;
  beforeEach(async () => {
    client = await openClient();
  });
  afterEach(() => client.close());

  const rate = (fields: object = {}) => ({
    Name: 'City',
    TaxComponents: [{ Name: 'City', Rate: 8 }],
    ...fields,
  });
  const putRate = (fields: object = {}) =>
    client.api('PUT', 'TaxRates', { body: { TaxRates: [rate(fields)] } });
  const postRate = (fields: object) => client.api('POST', 'TaxRates', { body: { TaxRates: [fields] } });
  const putItem = (fields: object) => client.api('PUT', 'Items', { body: { Items: [fields] } });

  it('numbers the rates that are made, and tells the rate that all components come to', async () => {
    const TaxComponents = [
      { Name: 'City', Rate: 5 },
      { Name: 'Levy', Rate: 10, IsCompound: true },
    ];
    expect((await putRate({ TaxComponents })).json.TaxRates[0]).toMatchObject({
      TaxType: 'TAX001',
      EffectiveRate: 15.5,
      Status: 'ACTIVE',
    });
    expect((await putRate({ Name: 'Two' })).json.TaxRates[0].TaxType).toBe('TAX002');
  });

  it('has the system rates of the edition, and lets nobody change them', async () => {
    const rates = (await client.api('GET', 'TaxRates')).json.TaxRates;
    expect(rates.map((one: Json) => one.TaxType).sort()).toEqual(['GSTONIMPORTS', 'INPUT', 'NONE', 'OUTPUT']);
    expect(messagesOf(await postRate({ TaxType: 'OUTPUT', Name: 'Mine' }))).toEqual([
      'System tax rates cannot be updated',
    ]);
  });

  it('wants every component again when a rate is updated, one rate a request, one name once', async () => {
    await putRate();
    expect(messagesOf(await putRate())).toEqual(['The tax rate name must be unique.']);
    const other = { TaxType: 'TAX001', TaxComponents: [{ Name: 'Other', Rate: 1 }] };
    expect(messagesOf(await postRate(other))[0]).toMatch(/All existing tax components/);
    expect(
      (await client.api('PUT', 'TaxRates', { body: { TaxRates: [rate(), rate({ Name: 'B' })] } })).status,
    ).toBe(400);
    expect((await putRate({ Name: 'C', ReportTaxType: 'OUTPUT' })).status).toBe(400);
  });

  it('lists a deleted rate as DELETED, and lets no line use it', async () => {
    await putRate();
    await postRate({ TaxType: 'TAX001', Status: 'DELETED' });
    expect((await client.api('GET', 'TaxRates/TAX001')).json.TaxRates[0].Status).toBe('DELETED');
    const item = { Code: 'A', SalesDetails: { TaxType: 'TAX001' } };
    expect((await putItem(item)).status).toBe(400);
    expect((await client.api('GET', 'TaxRates/TAX009')).status).toBe(404);
  });

  it('knows items by code, once, and deletes them for good', async () => {
    const { ItemID: id } = (await putItem({ Code: 'HOUR', Name: 'Hour' })).json.Items[0];
    expect(messagesOf(await putItem({ Code: 'HOUR' }))).toEqual([
      "Price List Item with Code 'HOUR' already exists",
    ]);
    const updated = await client.api('POST', 'Items', {
      body: { Items: [{ Code: 'HOUR', Description: 'An hour' }] },
    });
    expect(updated.json.Items[0]).toMatchObject({ ItemID: id, Name: 'Hour', Description: 'An hour' });
    expect((await client.api('GET', 'Items/HOUR')).json.Items[0].ItemID).toBe(id);
    expect((await client.api('DELETE', `Items/${id}`)).status).toBe(204);
    expect((await client.api('GET', 'Items')).json.Items).toEqual([]);
    expect((await client.api('GET', 'Items/HOUR')).status).toBe(404);
  });

  it.each([
    [{ Name: 'No code' }, /Code must be specified/],
    [{ Code: 'x'.repeat(31) }, /Code must not exceed 30/],
    [{ Code: 'A', Name: 'x'.repeat(51) }, /Name must not exceed 50/],
    [{ Code: 'A', SalesDetails: { AccountCode: '999' } }, /Account code '999'/],
  ])('refuses the item %j', async (item, message) => {
    expect(messagesOf(await putItem(item))[0]).toMatch(message);
  });

  it('clears what was for sale when an item is no longer sold', async () => {
    await putItem({ Code: 'A', Description: 'For sale', SalesDetails: { UnitPrice: 5 } });
    const [item] = (await client.api('POST', 'Items', { body: { Items: [{ Code: 'A', IsSold: false }] } }))
      .json.Items;
    expect(item.SalesDetails).toEqual({});
    expect(item).not.toHaveProperty('Description');
  });

  it('archives an account by its status alone, and keeps it in the list', async () => {
    const [account] = (await client.api('GET', 'Accounts?where=Code=="260"')).json.Accounts;
    const post = (fields: object) =>
      client.api('POST', `Accounts/${account.AccountID}`, { body: { Accounts: [fields] } });
    expect((await post({ Status: 'ARCHIVED', Name: 'Both' })).status).toBe(400);
    expect((await post({ Status: 'ARCHIVED' })).json.Accounts[0].Status).toBe('ARCHIVED');
    const taken = await client.api('PUT', 'Accounts', {
      body: { Code: '261', Name: 'Sales', Type: 'REVENUE' },
    });
    expect(messagesOf(taken)).toEqual(['Please enter a unique Name.']);
  });

  it('enables a currency by a bare body', async () => {
    await client.api('PUT', 'Currencies', { body: { Code: 'EUR', Description: 'Euro' } });
    expect((await client.api('GET', 'Currencies')).json.Currencies.map((one: Json) => one.Code)).toEqual([
      'USD',
      'EUR',
    ]);
  });

  it('keeps the books of each organisation apart', async () => {
    const { tenantId } = await client.control('POST', 'tenants', {
      name: 'Kiwi Co',
      baseCurrency: 'NZD',
      version: 'NZ',
      countryCode: 'NZ',
    });
    const consent = await client.control('POST', 'authorize', { tenantIds: [tenantId] });
    await putItem({ Code: 'A' });
    const there = { tenantId, token: consent.access_token };
    expect((await client.api('GET', 'Items', there)).json.Items).toEqual([]);
    expect((await client.api('GET', 'TaxRates/OUTPUT2', there)).json.TaxRates[0]).toMatchObject({
      CanApplyToExpenses: false,
      ReportTaxType: 'OUTPUT2',
    });
  });

  it('lets a rate go on the side that it is reported on, where taxes are filed', async () => {
    const { tenantId } = await client.control('POST', 'tenants', {
      name: 'Aussie Co',
      baseCurrency: 'AUD',
      version: 'AU',
    });
    const { access_token: token } = await client.control('POST', 'authorize', { tenantIds: [tenantId] });
    const made = async (ReportTaxType: string): Promise<boolean[]> => {
      const body = rate({ Name: ReportTaxType, ReportTaxType });
      const [row] = (await client.api('PUT', 'TaxRates', { body, tenantId, token })).json.TaxRates;
      return [row.CanApplyToRevenue, row.CanApplyToExpenses];
    };
    expect([await made('OUTPUT'), await made('INPUT'), await made('BASEXCLUDED')]).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  it('answers 501 to a verb that a resource does not know, and 404 to a resource that Xero does not know', async () => {
    expect((await client.api('DELETE', 'Invoices/x')).status).toBe(501);
    expect((await client.api('GET', 'Nothing')).status).toBe(404);
  });

  it('is offline when told so, in words that Xero uses', async () => {
    await client.control('POST', 'act', { entity: 'organisation', action: 'offline' });
    const answer = await client.api('GET', 'Items');
    expect([answer.status, answer.text]).toEqual([503, 'The Organisation is offline']);
  });
});
