import { type IssueCode, issueTitle } from '@sync/domain';
import type { EngineParts } from '../drain/context.js';
import type { Meta } from '../ports/stores.js';

/** What one system did not take of the other's lists. */
export interface Refused {
  /** For people: `expense category "Rent"`. */
  entry: string;
  code: IssueCode;
  meta: Meta;
}

/** So many are named; an issue is read by people. */
const MOST_NAMED = 10;

/** Tells what was refused; nothing: what was told before is resolved. */
export async function tellRefused(
  { stores }: EngineParts,
  organizationId: string,
  code: 'REFERENCE_REFUSED_BY_CRM' | 'REFERENCE_REFUSED_BY_XERO',
  refused: readonly Refused[],
): Promise<void> {
  if (refused.length === 0) return stores.organizations.resume(organizationId, [code]);
  const named = refused.slice(0, MOST_NAMED).map((one) => `${one.entry} (${issueTitle(one.code, one.meta)})`);
  const more = refused.length > named.length ? ` and ${refused.length - named.length} more` : '';
  await stores.organizations.tell({ organizationId, code, meta: { entries: named.join('; ') + more } });
}
