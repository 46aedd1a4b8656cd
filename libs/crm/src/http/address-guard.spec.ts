import type { LookupAddress } from 'node:dns';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { isPublicAddress } from '../private-addresses.js';
import { guardedLookup, readCrmUrl } from './address-guard.js';
import { createHttpCrm } from './index.js';

const USER = { allowPrivateAddresses: false };
const OPERATOR = { allowPrivateAddresses: true };

test.each([
  'http://crm.example.com',
  'ftp://crm.example.com',
  'file:///etc/passwd',
  'gopher://crm.example.com',
  'javascript:alert(1)',
  'crm.example.com',
  '',
  'https://',
  'https://user:secret@crm.example.com',
  'https://crm.example.com/?a=b',
  'https://crm.example.com/#x',
  'https://crm.example.com:22',
  'https://crm.example.com:25',
  'https://localhost',
  'https://LOCALHOST.',
  'https://api.localhost',
  'https://db.internal',
  'https://metadata.google.internal',
  'https://printer.local',
  'https://127.0.0.1',
  'https://127.1',
  'https://0x7f.1',
  'https://0177.0.0.1',
  'https://2130706433',
  'https://0',
  'https://0.0.0.0',
  'https://10.0.0.5',
  'https://172.16.0.1',
  'https://172.31.255.255',
  'https://192.168.1.1',
  'https://100.64.0.1',
  'https://169.254.169.254/latest/meta-data',
  'https://198.18.0.1',
  'https://224.0.0.1',
  'https://255.255.255.255',
  'https://[::1]',
  'https://[::]',
  'https://[::ffff:127.0.0.1]',
  'https://[::ffff:a9fe:a9fe]',
  'https://[::127.0.0.1]',
  'https://[64:ff9b::7f00:1]',
  'https://[2002:7f00:1::]',
  'https://[2001:0:53aa:64c::1]',
  'https://[fe80::1]',
  'https://[fd00:ec2::254]',
  'https://[ff02::1]',
  'https://①②⑦.⓪.⓪.①',
])('a user may not give %s', (url) => {
  expect(() => readCrmUrl(url, USER)).toThrow(
    expect.objectContaining({ kind: 'validation', code: 'CRM_ADDRESS_REFUSED' }),
  );
});

test.each([
  'https://crm.example.com',
  'https://crm.example.com:8443/api/',
  'https://8.8.8.8',
  'https://[2606:4700::1]',
])('a user may give %s', (url) => {
  expect(readCrmUrl(url, USER).protocol).toBe('https:');
});

test('an operator may allow http and private addresses, and nothing else', () => {
  expect(readCrmUrl('http://10.0.0.5:8080/crm', OPERATOR).host).toBe('10.0.0.5:8080');
  expect(() => readCrmUrl('ftp://10.0.0.5', OPERATOR)).toThrow('https://');
  expect(() => readCrmUrl('http://a:b@10.0.0.5', OPERATOR)).toThrow('password');
});

test('what is no address is not public', () => {
  expect(isPublicAddress('crm.example.com')).toBe(false);
});

function look(name: string, rules: { allowPrivateAddresses: boolean }): Promise<string | LookupAddress[]> {
  return new Promise((resolve, reject) => {
    guardedLookup(rules)(name, { all: true }, (error, address) =>
      error === null ? resolve(address) : reject(error),
    );
  });
}

test('a name that leads to a private address is refused when it is resolved', async () => {
  await expect(look('localhost', USER)).rejects.toMatchObject({
    kind: 'validation',
    meta: { reason: 'its name leads to an address of a private network' },
  });
  expect(await look('localhost', OPERATOR)).toContainEqual({ address: '127.0.0.1', family: 4 });
});

test('a redirect to an inner address is not followed', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(302, { location: '/secret' }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const crm = createHttpCrm({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'k', ...OPERATOR });
  await expect(crm.reference(new AbortController().signal)).rejects.toMatchObject({ kind: 'validation' });
  expect(asked).toEqual(['/v1/reference']);
  await crm.close();
  server.close();
});

test.each(['', 'two words', 'line\r\nbreak', 'ключ'])(
  'the key %j is refused before anything is sent',
  (apiKey) => {
    expect(() => createHttpCrm({ baseUrl: 'https://crm.example.com', apiKey, ...USER })).toThrow(
      expect.objectContaining({ kind: 'auth' }),
    );
  },
);
