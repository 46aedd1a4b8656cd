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
    'finds that Xero gave drafts back, and stops the invoices and credit notes of the organization with advice',
    async () => {
      await stage.startRun('full');
      const issue = await issueOpened(stage, 'APPROVAL_RIGHT_MISSING');
      expect(issue).toMatchObject({ scope: 'entity', severity: 'blocking' });
      expect(['invoices', 'credit-notes']).toContain(issue.entity);
      expect(issueTitle(issue.code, issue.meta)).toMatch(/draft.*may not approve/);
      await stage.quiet();
      expect(await draftsOf(stage)).toBeGreaterThan(0);
    },
    timeoutMs,
  );

  it(
    'approves the drafts once the right is there, though nothing else is to be done, and their payments follow',
    () => allowed(stage),
    timeoutMs,
  );

  it(
    'spends no more drafts when it is lost again, and lets everything else go on',
    async () => {
      await stage.sandbox.inXero({ entity: 'organisation', action: 'deny' });
      await invoiceOfNewCustomer(stage);
      await issueOpened(stage, 'APPROVAL_RIGHT_MISSING');
      await stage.quiet();
      await invoiceOfNewCustomer(stage);
      await waitUntil(() => customersAreThere(stage), { timeoutMs, what: 'the customer to be in Xero' });
      expect(await draftsOf(stage)).toBe(1);
    },
    timeoutMs,
  );

  it('brings over what came meanwhile once the right is there again', () => allowed(stage), timeoutMs);
}

/** Somebody gives the right back, and the next probe finds it. */
async function allowed(stage: Stage): Promise<void> {
  await stage.sandbox.inXero({ entity: 'organisation', action: 'allow' });
  await probeNow(stage, 'APPROVAL_RIGHT_MISSING');
  await issueResolved(stage, 'APPROVAL_RIGHT_MISSING');
  await stage.quiet();
  await expectSameBooks(stage.sandbox);
  await expectSettled(stage);
  expect(await draftsOf(stage)).toBe(0);
  expect(await openIssues(stage)).toEqual([]);
}

async function invoiceOfNewCustomer({ sandbox, event }: Stage): Promise<void> {
  const [customerId = ''] = await sandbox.inCrm({ action: 'create', entity: 'customers' });
  const fields = { customerId };
  const [id = ''] = await sandbox.inCrm({ action: 'create', entity: 'invoices', fields });
  await event('customers', customerId);
  await event('invoices', id);
}

/** Invoices that wait for approval in Xero. */
async function draftsOf({ sandbox }: Stage): Promise<number> {
  return (await sandbox.ledger())['invoices']?.drafts ?? 0;
}

async function customersAreThere({ sandbox }: Stage): Promise<boolean> {
  const [crm, xero] = [await sandbox.crmLedger(), await sandbox.ledger()];
  return xero['customers']?.count === crm['customers']?.count;
}
