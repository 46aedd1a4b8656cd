import { ISSUES, type IssueCode } from './issue-catalogue.js';

/**
 * What makes a record that is set aside due again by itself. Whoever retries it, or changes it in the CRM, does so in any case.
 * - `sweep`: each sweep of everything in the CRM. What Xero refused is sent again if what it rested on is another, and
 *   after a day; it is due at once where it is read that Xero changed what it hangs on.
 * - `listing`: a change in Xero, and each complete listing of Xero's records, for what is known in Xero only.
 * - `mapping`: a mapping that is saved.
 * - `parent`: the record that it needs, once that is on both sides.
 * - `claim`: another record that gives up its link or leaves Xero.
 * - `approval`: its document in Xero, once that was written again.
 * - `confirmation`: the word of a person that the held changes are meant.
 * - `choice`: that of a person for each field.
 */
export type LookedAtAgain =
  | 'sweep'
  | 'listing'
  | 'mapping'
  | 'parent'
  | 'claim'
  | 'approval'
  | 'confirmation'
  | 'choice';

/** Of codes for which there is more than the sweeps, or something else. */
const MORE: Partial<Record<IssueCode, readonly LookedAtAgain[]>> = {
  TAX_NOT_MAPPED: ['mapping'],
  ACCOUNT_NOT_MAPPED: ['mapping'],
  EXPENSE_CATEGORY_NOT_MAPPED: ['mapping'],
  PAYMENT_MODE_NOT_MAPPED: ['mapping'],
  MAPPING_REFUSED_BY_XERO: ['mapping'],
  XERO_TAX_NOT_MAPPED: ['mapping'],
  XERO_BANK_ACCOUNT_NOT_MAPPED: ['mapping'],
  XERO_ACCOUNT_NOT_MAPPED: ['mapping'],
  PARENT_NOT_SYNCED: ['parent', 'mapping'],
  PARENT_MISSING: ['parent'],
  PARENT_NOT_IN_CRM: ['parent'],
  DUPLICATE_CLAIM: ['claim'],
  PAYMENT_INVOICE_NOT_APPROVED: ['approval'],
  MASS_CHANGE_HELD: ['confirmation'],
  RECORD_CONFLICT: ['choice'],
};

/** What makes records with this problem due again; null: they are not set aside, or a wider scope is, which has its own beat. */
export function lookedAtAgain(code: IssueCode): readonly LookedAtAgain[] | null {
  const { scope, severity } = ISSUES[code];
  if (severity === 'warning' || scope === 'entity' || scope === 'organization') return null;
  return ['sweep', 'listing', ...(MORE[code] ?? [])];
}

/** The problems of records that this makes due again. */
export function codesLookedAtAgainBy(what: LookedAtAgain): IssueCode[] {
  const codes = Object.keys(ISSUES) as IssueCode[];
  return codes.filter((code) => lookedAtAgain(code)?.includes(what));
}
