import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ISSUES } from '@sync/domain';
import { issueList } from './issue-list.js';

const committed = readFileSync(resolve(__dirname, '../../../docs/issues.md'), 'utf8');

describe('docs/issues.md', () => {
  it('is what the catalogue says; else run: node apps/cli/dist/issue-list.js > docs/issues.md', () => {
    expect(committed).toBe(issueList());
  });

  it('names every code once', () => {
    const rows = committed.split('\n').filter((line) => line.startsWith('| `'));
    const named = rows.map((row) => /^\| `(\w+)`/.exec(row)?.[1] ?? '');
    expect(named.toSorted()).toEqual(Object.keys(ISSUES).toSorted());
  });
});
