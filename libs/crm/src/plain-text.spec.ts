import fc from 'fast-check';
import { plainLine, plainText, plainTextOrNull } from './plain-text.js';

describe('plainText', () => {
  test.each([
    ['a line break is a newline', '12 High St<br />\nFloor 3', '12 High St\nFloor 3'],
    ['a break without a newline behind it too', 'one<br>two<BR/>three', 'one\ntwo\nthree'],
    ['paragraphs end in a newline', '<p>one</p><p>two</p>', 'one\ntwo'],
    ['other tags go', '<b>Bold</b> <a href="https://x.example/?a=1&amp;b">link</a>', 'Bold link'],
    ['scripts go with what they hold', 'a<script>alert(1)</script>b<!-- c -->', 'ab'],
    [
      'entities are decoded',
      'M&uuml;ller &amp; S&#246;hne &#x2013; &quot;Gr&ouml;&szlig;e&quot;',
      'Müller & Söhne – "Größe"',
    ],
    ['entities are decoded once', '&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['an escaped tag is text', '&lt;b&gt;', '<b>'],
    ['an unknown entity stays', 'R&D; AT&T', 'R&D; AT&T'],
    ['a smaller-than sign is no tag', 'width < 5 cm, height > 3', 'width < 5 cm, height > 3'],
    ['an address in angle brackets is no tag', 'Ann <ann@example.com>', 'Ann <ann@example.com>'],
    ['hard spaces are spaces', 'a&nbsp;b \u00a0 c', 'a b c'],
    ['control characters go', 'a\u0000b\u0007c', 'abc'],
    ['half a surrogate pair goes', 'a\ud83dz', 'az'],
    ['a whole pair stays', 'ok 👍', 'ok 👍'],
    ['an impossible code stays', '&#9999999;', '&#9999999;'],
  ])('%s', (_, html, text) => {
    expect(plainText(html)).toBe(text);
  });

  test('text without markup comes back as it is', () => {
    const words = fc.stringMatching(/^[a-z0-9ÄÖÜéñ.,;:+-]{1,12}( [a-z0-9ÄÖÜéñ.,;:+-]{1,12}){0,5}$/);
    fc.assert(fc.property(words, (text) => expect(plainText(text)).toBe(text.normalize('NFC'))));
  });

  test('beginnings without an end are text, and tags without an end go, however many there are', () => {
    const beginnings = '<br '.repeat(50_000) + '<!--'.repeat(50_000);
    expect(plainText(beginnings + '<script>'.repeat(5_000))).toBe(beginnings);
  });
});

test('an empty text is null', () => {
  expect([plainTextOrNull(' <br /> '), plainTextOrNull(null), plainTextOrNull(undefined)]).toEqual([
    null,
    null,
    null,
  ]);
});

test('a name stands on one line', () => {
  expect(plainLine(' Smith<br />\n& Co ')).toBe('Smith & Co');
});
