import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createSealer, type SealedPlace } from './sealed-text.js';

const old = { id: 'k1', key: randomBytes(32) };
const current = { id: 'k2', key: randomBytes(32) };
const place: SealedPlace = { table: 'xero_authorization', column: 'access_token', rowId: 'a' };

describe('sealed texts', () => {
  const sealer = createSealer([current, old]);

  it('open to what was sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 3000 }), (text) => {
        expect(sealer.open(sealer.seal(text, place), place)).toBe(text);
      }),
    );
  });

  it('do not open after any single bit was flipped', () => {
    const sealed = sealer.seal('a refresh token', place);
    const [format, id, nonce = '', body = ''] = sealed.split('.');
    for (const [index, part] of [nonce, body].entries()) {
      const bytes = Buffer.from(part, 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const parts =
          index === 0 ? [flipped.toString('base64url'), body] : [nonce, flipped.toString('base64url')];
        expect(() => sealer.open([format, id, ...parts].join('.'), place)).toThrow('does not open');
      }
    }
  });

  it.each([
    ['row', { ...place, rowId: 'b' }],
    ['column', { ...place, column: 'refresh_token' }],
    ['table', { ...place, table: 'crm_connection' }],
  ])('do not open in another %s', (_, elsewhere) => {
    expect(() => sealer.open(sealer.seal('token', place), elsewhere)).toThrow('does not open');
  });

  it('do not open when the id of their key was changed to that of another known key', () => {
    const sealed = sealer.seal('token', place).replace('.k2.', '.k1.');
    expect(() => sealer.open(sealed, place)).toThrow('does not open');
  });

  it('are written under the first key and read under all of them', () => {
    const before = createSealer([old]).seal('token', place);
    expect(sealer.open(before, place)).toBe('token');
    expect([sealer.isCurrent(before), sealer.isCurrent(sealer.seal('token', place))]).toEqual([false, true]);
  });

  it('name the key that is missing', () => {
    const sealed = sealer.seal('token', place);
    expect(() => createSealer([old]).open(sealed, place)).toThrow('key "k2", which ENCRYPTION_KEYS lacks');
  });

  it('never use a nonce twice', () => {
    const nonces = Array.from({ length: 10_000 }, () => sealer.seal('x', place).split('.')[2]);
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  it.each([
    ['no key at all', []],
    ['a key of the wrong length', [{ id: 'k', key: randomBytes(16) }]],
    ['an id that would break the format', [{ id: 'a.b', key: randomBytes(32) }]],
  ])('are not made with %s', (_, keys) => {
    expect(() => createSealer(keys)).toThrow(/key/);
  });
});
