import fc from 'fast-check';
import { plainText } from '../../plain-text.js';
import { inZone } from './local-time.js';
import { perfexLine, perfexText } from './perfex-text.js';
import { phpList } from './php-list.js';

describe('a text that is stored in Perfex', () => {
  const pieces = fc.constantFrom(
    '&',
    'amp;',
    '&lt;',
    '<',
    '<b>',
    '</p>',
    '<!--',
    '-->',
    '<script>',
    '\n',
    ' ',
    'a',
    '#38;',
    'é',
    '😀',
    ';',
  );
  const anyText = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));

  it('is read again as it was, whatever is in it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        // As any text of ours is: trimmed, and without runs of spaces and empty lines.
        const ours = text
          .split('\n')
          .map((line) => line.replace(/ +/g, ' ').trim())
          .join('\n')
          .replace(/\n{3,}/g, '\n\n')
          .trim();
        expect(plainText(perfexText(ours) ?? '')).toBe(ours);
      }),
    );
  });

  it('cannot act as HTML, and otherwise stays as people wrote it', () => {
    expect(perfexText('<img src=x onerror=alert(1)>')).toBe('&lt;img src=x onerror=alert(1)>');
    expect(perfexText('Tom & Jerry: 3 < 4\nnext')).toBe('Tom & Jerry: 3 < 4<br />\nnext');
    expect(perfexLine('AT&amp;T')).toBe('AT&amp;amp;T');
    expect(perfexLine(null)).toBeNull();
  });
});

describe('a moment in Perfex', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29 03:30:00', '2026-03-29'],
    ['America/New_York', '2026-03-28 21:30:00', '2026-03-28'],
    ['Asia/Kolkata', '2026-03-29 07:00:00', '2026-03-29'],
    ['No/Where', '2026-03-29 01:30:00', '2026-03-29'],
    ['', '2026-03-29 01:30:00', '2026-03-29'],
  ])('is local time of %j, also over a change of the clock', (zone, dateTime, date) => {
    expect(inZone(new Date('2026-03-29T01:30:00Z'), zone)).toEqual({ date, dateTime });
  });
});

describe('a list as PHP keeps it', () => {
  it('counts bytes', () => {
    expect(phpList(['1', 'stripe', 'é'])).toBe('a:3:{i:0;s:1:"1";i:1;s:6:"stripe";i:2;s:2:"é";}');
    expect(phpList([])).toBe('a:0:{}');
  });
});
