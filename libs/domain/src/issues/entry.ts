/** How much stands still because of an issue. */
export type IssueScope = 'record' | 'mapping' | 'entity' | 'organization';

/** What an admin is told of an issue: one plain sentence, and what to do. */
export interface IssueEntry {
  scope: IssueScope;
  /** `warning`: the record went through, and says so; `blocking`: it did not. */
  severity: 'blocking' | 'warning';
  /** One sentence; `{name}` is filled from the issue's facts. */
  title: string;
  /** What the reader can do about it. */
  advice: string;
}

/** One record stands still. */
export const record = (title: string, advice: string): IssueEntry => ({
  scope: 'record',
  severity: 'blocking',
  title,
  advice,
});

/** One record went through, with a remark. */
export const warning = (title: string, advice: string): IssueEntry => ({
  scope: 'record',
  severity: 'warning',
  title,
  advice,
});

/** A choice is missing: what needs it stands still. */
export const mapping = (title: string, advice: string): IssueEntry => ({
  scope: 'mapping',
  severity: 'blocking',
  title,
  advice,
});

/** Something of a list was not made in the other system: what does not need it goes on. */
export const listEntry = (title: string, advice: string): IssueEntry => ({
  scope: 'mapping',
  severity: 'warning',
  title,
  advice,
});

/** One kind of record stands still. */
export const entity = (title: string, advice: string): IssueEntry => ({
  scope: 'entity',
  severity: 'blocking',
  title,
  advice,
});

/** The whole organization stands still. */
export const organization = (title: string, advice: string): IssueEntry => ({
  scope: 'organization',
  severity: 'blocking',
  title,
  advice,
});
