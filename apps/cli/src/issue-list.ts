import {
  type IssueCode,
  type IssueEntry,
  type IssueScope,
  ISSUES,
  type LookedAtAgain,
  lookedAtAgain,
} from '@sync/domain';

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
    'Any record that is set aside is looked at again with each sweep of everything, and one that is known in Xero only',
    'with each complete listing of Xero. What Xero refused is sent again only if the record, a mapping, the settings of Xero or',
    'what it hangs on there has changed, and once a day in any case. What is looked at again sooner says so.',
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
        `| \`${code}\`${severity === 'warning' ? ' (warning)' : ''} | ${title} | ${advice}${sooner(code as IssueCode)} |`,
    ),
  ];
}

const SOONER: Readonly<Partial<Record<LookedAtAgain, string>>> = {
  mapping: 'once a mapping is saved',
  parent: 'once the record that it needs is on both sides',
  claim: 'once another record gives up its link',
  approval: 'once its document is written to Xero again',
  confirmation: 'once the held changes are confirmed',
  choice: 'once a side is chosen for each field',
};

function sooner(code: IssueCode): string {
  const reasons = (lookedAtAgain(code) ?? []).flatMap((what) => SOONER[what] ?? []);
  return reasons.length > 0 ? ` *Looked at again ${reasons.join(', or ')}.*` : '';
}

if (require.main === module) process.stdout.write(issueList());
