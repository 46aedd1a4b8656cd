import { issueTitle } from '@sync/domain';
import { waitUntil } from '@sync/testing';
import { expectSameBooks } from './same-books.js';
import { expectSettled, issueOpened, issueResolved, openIssues, probeNow } from './settled.js';
import { BEAT_MS, openStage, type Stage } from './stage.js';

/** The connected user may not approve invoices any more, which nobody told us. */
export function proveDraftsAreFound({ size, timeoutMs }: { size: number; timeoutMs: number }): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ beatMs: BEAT_MS, size });
    await stage.sandbox.inXero({ entity: 'organisation', action: 'deny' });
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'finds that Xero gave drafts back, and stops the invoices of the organization with advice',
    async () => {
      await stage.startRun('full');
      const issue = await issueOpened(stage, 'APPROVAL_RIGHT_MISSING');
      expect(issue).toMatchObject({ scope: 'entity', entity: 'invoices', severity: 'blocking' });
      expect(issueTitle(issue.code, issue.meta)).toMatch(/draft.*may not approve/);
      expect(await draftsOf(stage)).toBeGreaterThan(0);
    },
    timeoutMs,
  );

  it(
    'spends no more drafts, and lets everything but invoices go on',
    async () => {
      await stage.quiet();
      const drafts = await draftsOf(stage);
      const [customerId = ''] = await stage.sandbox.inCrm({ action: 'create', entity: 'customers' });
      const [id = ''] = await stage.sandbox.inCrm({
        action: 'create',
        entity: 'invoices',
        fields: { customerId },
      });
      await stage.event('customers', customerId);
      await stage.event('invoices', id);
      await waitUntil(() => customersAreThere(stage), { timeoutMs, what: 'the customer to be in Xero' });
      expect(await draftsOf(stage)).toBe(drafts);
    },
    timeoutMs,
  );

  it(
    'approves the drafts once the right is there, and their payments follow',
    async () => {
      await stage.sandbox.inXero({ entity: 'organisation', action: 'allow' });
      await probeNow(stage, 'APPROVAL_RIGHT_MISSING');
      await issueResolved(stage, 'APPROVAL_RIGHT_MISSING', timeoutMs);
      await stage.quiet();
      await expectSameBooks(stage.sandbox);
      await expectSettled(stage);
      expect(await draftsOf(stage)).toBe(0);
      expect(await openIssues(stage)).toEqual([]);
    },
    timeoutMs,
  );
}

/** Invoices that wait for approval in Xero. */
async function draftsOf({ sandbox }: Stage): Promise<number> {
  return (await sandbox.ledger())['invoices']?.drafts ?? 0;
}

async function customersAreThere({ sandbox }: Stage): Promise<boolean> {
  const [crm, xero] = [await sandbox.crmLedger(), await sandbox.ledger()];
  return xero['customers']?.count === crm['customers']?.count;
}
