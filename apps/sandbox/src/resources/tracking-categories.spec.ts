import { make, read, send } from '../testing/documents.js';
import {
  invoiceFor,
  type Json,
  line,
  makeContact,
  messagesOf,
  openClient,
  type SandboxClient,
} from '../testing/sandbox-client.js';

describe('Tracking categories', () => {
  let client: SandboxClient;
  let region: Json;
  beforeEach(async () => {
    client = await openClient();
    [region] = await list();
  });
  afterEach(() => client.close());

  const list = async (query = ''): Promise<Json[]> =>
    (await client.api('GET', `TrackingCategories${query}`)).json.TrackingCategories;
  const put = (Name: string) => client.api('PUT', 'TrackingCategories', { body: { Name } });
  const lineWith = (Tracking: object[]) => ({ LineItems: [line({ Tracking })] });
  const invoiceWith = async (...Tracking: object[]) =>
    send(client, 'PUT', 'Invoices', invoiceFor(await makeContact(client), lineWith(Tracking)));

  it('hold options, which lines bear by names or by ids', async () => {
    expect(region).toMatchObject({
      Name: 'Region',
      Status: 'ACTIVE',
      Options: [{ Name: 'North' }, {}, {}, {}],
    });
    const byName = (await invoiceWith({ Name: 'Region', Option: 'North' })).json.Invoices[0];
    const [shown] = byName.LineItems[0].Tracking;
    const ids = {
      TrackingCategoryID: region.TrackingCategoryID,
      TrackingOptionID: region.Options[0].TrackingOptionID,
    };
    expect(shown).toEqual({ Name: 'Region', Option: 'North', ...ids });
    const byId = (await invoiceWith(ids)).json.Invoices[0];
    expect(byId.LineItems[0].Tracking).toEqual([shown]);
  });

  it.each([
    [[{ Name: 'Planet', Option: 'North' }], /Tracking Category 'Planet' does not exist/],
    [[{ Name: 'Region', Option: 'Up' }], /Tracking Option 'Up' does not exist in 'Region'/],
    [Array(3).fill({ Name: 'Region', Option: 'North' }), /at most 2 tracking categories/],
  ])('that are not there are refused on a line: %j', async (tracking, message) => {
    expect(messagesOf(await invoiceWith(...tracking))[0]).toMatch(message);
  });

  it('are at most two that are active, and renamed on every line at once', async () => {
    const { InvoiceID: id } = (await invoiceWith({ Name: 'Region', Option: 'North' })).json.Invoices[0];
    expect((await put('Project')).json.TrackingCategories[0]).toMatchObject({
      Status: 'ACTIVE',
      Options: [],
    });
    expect(messagesOf(await put('Team'))).toEqual(['You can have at most 2 active tracking categories']);
    const path = `TrackingCategories/${region.TrackingCategoryID}`;
    await client.api('POST', path, { body: { Name: 'Area' } });
    expect((await read(client, `Invoices/${id}`)).LineItems[0].Tracking[0].Name).toBe('Area');
    await client.api('POST', path, { body: { Status: 'ARCHIVED' } });
    expect((await list()).map((one) => one.Name)).toEqual(['Project']);
    const all = (await list('?includeArchived=true')).map((one) => one.Name);
    expect(new Set(all)).toEqual(new Set(['Area', 'Project']));
  });

  it('get, change and lose options; one that a line bears is archived instead of deleted', async () => {
    const options = `TrackingCategories/${region.TrackingCategoryID}/Options`;
    const added = (await client.api('PUT', options, { body: { Name: 'Centre' } })).json.Options[0];
    expect(messagesOf(await client.api('PUT', options, { body: { Name: 'centre' } }))).toHaveLength(1);
    await client.api('POST', `${options}/${added.TrackingOptionID}`, { body: { Name: 'Middle' } });
    await invoiceWith({ Name: 'Region', Option: 'North' });
    const north = region.Options[0].TrackingOptionID;
    expect((await client.api('DELETE', `${options}/${north}`)).json.Options[0].Status).toBe('ARCHIVED');
    const gone = await client.api('DELETE', `${options}/${added.TrackingOptionID}`);
    expect(gone.json.Options[0].Status).toBe('DELETED');
    const [now] = await list();
    expect(now.Options.map((one: Json) => one.Name).sort()).toEqual(['East', 'North', 'South', 'West']);
    expect((await client.api('DELETE', `${options}/${added.TrackingOptionID}`)).status).toBe(404);
  });
});

describe('Branding themes', () => {
  it('are listed with the default first, which invoices take unless they name another', async () => {
    const client = await openClient();
    const { BrandingThemes: themes } = (await client.api('GET', 'BrandingThemes')).json;
    expect(themes.map((one: Json) => one.SortOrder)).toEqual([0, 1]);
    const contact = await makeContact(client);
    const themeOf = async (fields: object) =>
      (await make(client, 'Invoices', invoiceFor(contact, fields))).BrandingThemeID;
    const BrandingThemeID = themes[1].BrandingThemeID;
    expect([await themeOf({}), await themeOf({ BrandingThemeID })]).toEqual([
      themes[0].BrandingThemeID,
      BrandingThemeID,
    ]);
    const unknown = invoiceFor(contact, { BrandingThemeID: contact });
    expect(messagesOf(await send(client, 'PUT', 'Invoices', unknown))[0]).toMatch(/does not exist/);
    await client.close();
  });
});
