import type { CrmPort, CrmReference } from '../ports/crm.js';
import type { Organization } from '../ports/organizations.js';
import type { XeroReference, XeroSession } from '../ports/xero.js';

/** What reference data flows between, as it was read. */
export interface ReferenceFlow {
  organization: Organization;
  session: XeroSession;
  crm: CrmPort;
  reference: XeroReference;
  found: CrmReference;
  signal: AbortSignal;
}
