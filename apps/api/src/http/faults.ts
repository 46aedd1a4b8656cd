import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** One thing that is wrong with a request: where, and why. Never repeats a value. */
export interface Fault {
  readonly path: string;
  readonly detail: string;
}

/** How many keys a form of a union does not have; none of it fits a value of another type. */
function strangeKeys(issues: readonly Issue[]): number {
  const atRoot = issues.filter(({ path }) => path.length === 0);
  if (atRoot.some(({ code }) => code === 'invalid_type')) return Number.POSITIVE_INFINITY;
  return atRoot.reduce(
    (count, issue) => count + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0),
    0,
  );
}

/** What is wrong with the form that was meant: the only one with the fewest strange keys. Null: it cannot be said which. */
function meantForm(forms: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const ranked = forms.map((issues) => ({ issues, strange: strangeKeys(issues) }));
  const fewest = Math.min(...ranked.map(({ strange }) => strange));
  const [first, ...others] = ranked.filter(({ strange }) => strange === fewest);
  return first && others.length === 0 ? first.issues : null;
}

function detailOf(issue: Issue): string {
  const options = issue.code === 'invalid_union' && 'options' in issue ? issue.options : undefined;
  return options ? `must be one of ${options.map(String).join(', ')}` : issue.message;
}

function faultsIn(issue: Issue, outer: readonly PropertyKey[]): Fault[] {
  const path = [...outer, ...issue.path];
  const meant = issue.code === 'invalid_union' ? meantForm(issue.errors) : null;
  if (meant) return meant.flatMap((inner) => faultsIn(inner, path));
  return [{ path: path.map(String).join('.'), detail: detailOf(issue) }];
}

/** Where and why each part of a request fails. Of several forms that something may have, the one that was meant counts. */
export function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue) => faultsIn(issue, []));
}
