import { messagesOf, openClient, type SandboxClient } from '../testing/sandbox-client.js';

describe('Contacts', () => {
  let client: SandboxClient;
  beforeEach(async () => {
    client = await openClient();
  });
  afterEach(() => client.close());

  const put = (contact: object) => client.api('PUT', 'Contacts', { body: { Contacts: [contact] } });
  const post = (contact: object, path = 'Contacts') =>
    client.api('POST', path, { body: { Contacts: [contact] } });
  const archive = (id: string) => post({ ContactStatus: 'ARCHIVED' }, `Contacts/${id}`);
  const made = async (contact: object): Promise<string> => (await put(contact)).json.Contacts[0].ContactID;

  it('refuses a second active contact of the same name, whatever the case', async () => {
    await put({ Name: 'Alder & Sons' });
    const answer = await put({ Name: 'ALDER & SONS' });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ ErrorNumber: 10, Type: 'ValidationException' });
    expect(messagesOf(answer)[0]).toMatch(
      /^The contact name ALDER & SONS is already assigned to another contact/,
    );
  });

  it('frees the name of an archived contact, never its number', async () => {
    await archive(await made({ Name: 'Alder', ContactNumber: 'crm-1' }));
    expect((await put({ Name: 'Alder' })).status).toBe(200);
    expect(messagesOf(await put({ Name: 'Birch', ContactNumber: 'crm-1' }))[0]).toMatch(
      /^The contact number crm-1 is already/,
    );
  });

  it('frees a name that was changed', async () => {
    await post({ Name: 'Oak' }, `Contacts/${await made({ Name: 'Alder' })}`);
    expect((await put({ Name: 'Alder' })).status).toBe(200);
    expect((await put({ Name: 'Oak' })).status).toBe(400);
  });

  it('overwrites the contact that a POST without an id names: the trap', async () => {
    const id = await made({ Name: 'Alder', ContactNumber: 'crm-1', EmailAddress: 'a@alder.example' });
    const answer = await post({ Name: 'alder', ContactNumber: 'crm-2', EmailAddress: 'b@birch.example' });
    expect(answer.json.Contacts[0]).toMatchObject({
      ContactID: id,
      ContactNumber: 'crm-2',
      EmailAddress: 'b@birch.example',
    });
  });

  it('prefers the number to the name when it looks for the contact of a POST', async () => {
    const id = await made({ Name: 'Alder', ContactNumber: 'crm-1' });
    await put({ Name: 'Birch' });
    const answer = await post({ ContactNumber: 'crm-1', Name: 'Birch' });
    expect(messagesOf(answer)[0]).toMatch(/^The contact name Birch is already assigned/);
    expect((await client.api('GET', `Contacts/${id}`)).json.Contacts[0].Name).toBe('Alder');
  });

  it('keeps what an update leaves out, and replaces the slots that it sends', async () => {
    const id = await made({
      Name: 'Alder',
      EmailAddress: 'a@alder.example',
      Addresses: [
        { AddressType: 'POBOX', City: 'Port' },
        { AddressType: 'STREET', City: 'Hill' },
      ],
    });
    await post({ Addresses: [{ AddressType: 'POBOX', City: 'Bay' }] }, `Contacts/${id}`);
    const [contact] = (await client.api('GET', `Contacts/${id}`)).json.Contacts;
    expect(contact.EmailAddress).toBe('a@alder.example');
    expect(contact.Addresses.map(({ City }: { City: string }) => City)).toEqual(['Bay', 'Hill']);
  });

  it('does not let the API edit or bring back an archived contact, and lists it only when asked', async () => {
    const id = await made({ Name: 'Alder' });
    await archive(id);
    expect(messagesOf(await post({ Name: 'Alder 2' }, `Contacts/${id}`))).toEqual([
      'Archived contacts cannot currently be edited via the API',
    ]);
    expect((await post({ ContactStatus: 'ACTIVE' }, `Contacts/${id}`)).status).toBe(400);
    expect((await client.api('GET', 'Contacts?page=1')).json.Contacts).toEqual([]);
    expect((await client.api('GET', 'Contacts?page=1&includeArchived=true')).json.Contacts).toHaveLength(1);
  });

  it('shows where a merged contact went, in pages and single reads only, and moves its invoices', async () => {
    const [from, into] = [await made({ Name: 'Alder' }), await made({ Name: 'Birch' })];
    await client.control('POST', 'act', { entity: 'contact', id: from, action: 'merge', fields: { into } });
    const list = (query: string) => client.api('GET', `Contacts?includeArchived=true&IDs=${from}${query}`);
    expect((await list('&page=1')).json.Contacts[0]).toMatchObject({
      MergedToContactID: into,
      ContactStatus: 'ARCHIVED',
    });
    expect((await list('')).json.Contacts[0]).not.toHaveProperty('MergedToContactID');
  });

  it.each([
    [{ Name: '' }, /Contact must contain at least 1/],
    [{ Name: 'a <b>' }, /cannot contain the characters/],
    [{ Name: ' Alder' }, /leading, trailing or consecutive spaces/],
    [{ Name: 'Alder  Oak' }, /leading, trailing or consecutive spaces/],
    [{ Name: 'x'.repeat(256) }, /255/],
    [{ Name: 'Alder', ContactNumber: 'x'.repeat(51) }, /ContactNumber must not exceed 50/],
    [{ Name: 'Alder', EmailAddress: 'müller@alder.example' }, /^Email address must be valid\.$/],
    [{ Name: 'Alder', Addresses: [{ AddressType: 'POBOX', Country: 'Area 51' }] }, /Country/],
  ])('refuses %j', async (contact, message) => {
    const answer = await put(contact);
    expect(answer.status).toBe(400);
    expect(messagesOf(answer)[0]).toMatch(message);
  });

  it('answers 404 as text to an id that was never issued, and writes nothing of the whole request', async () => {
    const body = {
      Contacts: [{ Name: 'Alder' }, { ContactID: '00000000-0000-4000-8000-000000000001', Name: 'Birch' }],
    };
    const answer = await client.api('POST', 'Contacts?summarizeErrors=false', { body });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect((await client.api('GET', 'Contacts')).json.Contacts).toEqual([]);
  });

  it('becomes a customer with its first invoice, without moving its update time', async () => {
    const id = await made({ Name: 'Alder' });
    const before = (await client.api('GET', `Contacts/${id}`)).json.Contacts[0];
    await client.api('PUT', 'Invoices', {
      body: { Invoices: [{ Type: 'ACCREC', Contact: { ContactID: id } }] },
    });
    const after = (await client.api('GET', `Contacts/${id}`)).json.Contacts[0];
    expect(before.IsCustomer).toBe(false);
    expect(after).toMatchObject({ IsCustomer: true, UpdatedDateUTC: before.UpdatedDateUTC });
  });
});
