import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { envExample } from './env-example.js';
import { readConfig } from './read-config.js';

const parse = (text: string) =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => (/^[A-Z]/.test(line) ? [line.split(/=(.*)/, 2)] : [])),
  );

describe('.env.example', () => {
  it('is what the schema says', () => {
    const committed = readFileSync(resolve(__dirname, '../../../.env.example'), 'utf8');
    expect(committed).toBe(envExample());
  });

  it('means the same as an empty environment', () => {
    expect(readConfig(parse(envExample()) as Record<string, string>, 'standalone')).toEqual(
      readConfig({}, 'standalone'),
    );
  });
});
