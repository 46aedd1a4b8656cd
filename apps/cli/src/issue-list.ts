import { type IssueEntry, type IssueScope, ISSUES } from '@sync/domain';

const headings: Readonly<Record<IssueScope, string>> = {
  organization: 'The whole organization stands still',
  entity: 'One kind of record stands still',
  mapping: 'A choice is missing',
  record: 'One record',
};

/** The text of `docs/issues.md`: every issue by its scope, with what to do. */
export function issueList(): string {
  const scopes = Object.keys(headings) as IssueScope[];
  return [
    '# Issues: what they mean and what to do',
    '',
    'Written by `node apps/cli/dist/issue-list.js > docs/issues.md` from `libs/domain/src/issue-catalogue.ts`.',
    'Words in braces are filled in for each record. A *warning* went through and says so; everything else did not.',
    'A record that is corrected in the CRM is taken up again by itself: by an event at once, else by the next sweep.',
    ...scopes.flatMap(section),
    '',
  ].join('\n');
}

function section(scope: IssueScope): string[] {
  const entries: [string, IssueEntry][] = Object.entries(ISSUES);
  const rows = entries.filter(([, entry]) => entry.scope === scope);
  return [
    '',
    `## ${headings[scope]}`,
    '| code | what it says | what to do |',
    '|---|---|---|',
    ...rows.map(
      ([code, { title, advice, severity }]) =>
        `| \`${code}\`${severity === 'warning' ? ' (warning)' : ''} | ${title} | ${advice} |`,
    ),
  ];
}

if (require.main === module) process.stdout.write(issueList());
