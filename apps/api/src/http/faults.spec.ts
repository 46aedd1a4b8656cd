import { z } from 'zod';
import { newKeySchema } from '../schemas/api-key.js';
import { newOrganizationSchema } from '../schemas/organization.js';
import { faultsOf } from './faults.js';

/** `path: detail` of everything that is wrong with a value. */
function wrong(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return error ? faultsOf(error).map(({ path, detail }) => `${path}: ${detail}`) : [];
}

const id = '00000000-0000-4000-8000-000000000000';
const crmOf = (crm: unknown) => wrong(newOrganizationSchema, { name: 'A', xero: { connectionId: id }, crm });
const perfex = { kind: 'perfex', host: 'db.example.com', user: 'u', password: 'p', database: 'crm' };

describe('what is wrong with a request', () => {
  it.each([
    ['a field of the wrong form', { ...perfex, port: 0 }, /^crm\.port: /],
    ['a field that is missing', { ...perfex, database: undefined }, /^crm\.database: /],
    ['a field that is none', { ...perfex, prefixx: 'tbl' }, /^crm: .*prefixx/],
    ['an unknown kind', { ...perfex, kind: 'fax' }, /^crm\.kind: must be one of http, perfex$/],
    ['what belongs to another form', { kind: 'perfex', connectionId: id }, /^crm: .*"kind"/],
    ['an id that is none', { connectionId: 'x' }, /^crm\.connectionId: is not an id/],
  ])('names, of several forms, %s of the one that was meant', (_, crm, expected) => {
    expect(crmOf(crm)).toEqual([expect.stringMatching(expected)]);
  });

  const http = { kind: 'http', baseUrl: 'https://crm.example.com/sync', apiKey: 'k' };

  it.each([
    [
      { ...http, baseUrl: 'http://crm.example.com' },
      /^crm\.baseUrl: .* https:\/\/, unless allowPrivateAddresses/,
    ],
    [
      { ...http, baseUrl: 'https://10.0.0.5' },
      /^crm\.baseUrl: .* private network, unless allowPrivateAddresses/,
    ],
    [{ ...http, baseUrl: 'https://crm.example.com/?x=1' }, /^crm\.baseUrl: .* must not hold "\?" or "#"$/],
    [{ ...http, baseUrl: 'https://crm.example.com/#y' }, /^crm\.baseUrl: .* must not hold "\?" or "#"$/],
    [{ ...http, baseUrl: 'https://u:p@crm.example.com' }, /^crm\.baseUrl: .* user name or password$/],
    [{ ...http, baseUrl: 'ftp://crm.example.com', allowPrivateAddresses: true }, /^crm\.baseUrl: /],
    [{ ...http, baseUrl: 'crm.example.com' }, /^crm\.baseUrl: .* no URL/],
    [{ ...http, apiKey: 'two words' }, /^crm\.apiKey: /],
    [{ ...perfex, host: '192.168.1.5' }, /^crm\.host: .* private network, unless allowPrivateAddresses/],
  ])('refuses at once %j, which could never be reached', (crm, expected) => {
    expect(crmOf(crm)).toEqual([expect.stringMatching(expected)]);
  });

  it('takes addresses of private networks where that is allowed', () => {
    const allowPrivateAddresses = true;
    expect(crmOf({ ...http, baseUrl: 'http://10.0.0.5:8080/crm', allowPrivateAddresses })).toEqual([]);
    expect(crmOf({ ...perfex, host: '192.168.1.5', allowPrivateAddresses })).toEqual([]);
  });

  it.each([[{}], ['text'], [undefined], [[]]])(
    'says which forms there are where %j fits none of them better than another',
    (crm) => {
      expect(crmOf(crm)).toEqual([expect.stringMatching(/^crm: must hold a kind .* or the connectionId/)]);
    },
  );

  it('says which kinds there are', () => {
    expect(wrong(newKeySchema, { kind: 'x' })).toEqual(['kind: must be one of installation, crm-connection']);
  });

  it('finds its way through forms within forms', () => {
    const inner = z.union([z.strictObject({ a: z.number() }), z.strictObject({ b: z.number() })]);
    const outer = z.union([z.strictObject({ in: inner }), z.strictObject({ out: z.number() })]);
    expect(wrong(outer, { in: { b: 'x' } })).toEqual([expect.stringMatching(/^in\.b: /)]);
  });

  it('tells everything at once, and no value', () => {
    const faults = crmOf({ ...perfex, port: 'CANARY', prefix: 'CANARY!' });
    expect(faults).toHaveLength(2);
    expect(faults.join()).not.toContain('CANARY');
  });
});
