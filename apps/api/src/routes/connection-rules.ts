import { RuleBroken } from '@sync/storage';
import { Problem } from '../http/problem.js';

/** Each names what can be done instead, and only what is possible. */
function detailOf({ rule, holder: { id, name } }: RuleBroken): string {
  switch (rule) {
    case 'TENANT_TAKEN':
      return (
        `xero.connectionId: the organization "${name}" (${id}) posts there already; to change how its CRM is reached ` +
        `use PUT /v1/organizations/${id}/crm, for its settings PATCH /v1/organizations/${id}/settings`
      );
    case 'CRM_NOT_SHARED':
      return (
        `a Perfex connection serves one organization, and "${name}" (${id}) has this one; ` +
        `give each organization the login of its CRM instead of a connectionId`
      );
    case 'OTHER_KIND':
      return (
        `kind: records of "${name}" (${id}) are linked to the CRM that there is, so its kind stays; ` +
        `connect a CRM of another kind to another Xero organisation, with POST /v1/organizations`
      );
  }
}

/** The problem of a rule that storage refused to break; any other error as it is. */
export function asRuleProblem(error: unknown): unknown {
  return error instanceof RuleBroken ? new Problem(error.rule, detailOf(error)) : error;
}

/** A connection was named that is not there. */
export function notConnected(): Problem {
  return new Problem('NOT_CONNECTED', 'crm.connectionId or xero.connectionId: there is no such connection');
}
