import { type Entity, type IssueCode, issueTitle } from '@sync/domain';
import type { IssueView } from '@sync/engine';
import { waitUntil } from '@sync/testing';
import { expectSameBooks } from './same-books.js';
import { expectSettled, openIssues } from './settled.js';
import { BEAT_MS, openStage, type Stage } from './stage.js';

/** What is wrong with a record of the CRM, and what people are told of it. */
export interface BadRecord {
  kind: string;
  code: IssueCode;
  title: RegExp;
}

/** Among how many good invoices the bad records stand. */
export interface BadRecordsProof {
  size: number;
  records: readonly BadRecord[];
  timeoutMs: number;
}

/** Every bad record has an issue of its own, everything else goes through, and what is mended goes by itself. */
export function proveBadRecordsStandAlone({ size, records, timeoutMs }: BadRecordsProof): void {
  let stage: Stage;
  const spoilt = new Map<string, string>();
  beforeAll(async () => {
    stage = await openStage({ beatMs: BEAT_MS, size });
    for (const { kind } of records) {
      const [id = ''] = await stage.sandbox.inCrm({ action: 'corrupt', fields: { kind } });
      spoilt.set(kind, id);
    }
    expect(await stage.sync('full', timeoutMs)).toMatchObject({ status: 'completed' });
  }, timeoutMs);
  afterAll(() => stage.close());

  it('lets everything else through, to the cent', async () => {
    await expectSameBooks(stage.sandbox);
    await expectSettled(stage);
  });

  it.each(records)('tells of "$kind" in plain words', async ({ kind, code, title }) => {
    const issue = await issueOfRecord(stage, spoilt.get(kind) ?? '', code);
    const sentence = issueTitle(issue.code, issue.meta);
    expect(sentence).toMatch(title);
    expect(sentence).not.toContain('?');
  });

  it('tells of nothing but what is wrong', async () => {
    expect((await openIssues(stage)).map(({ code }) => code).toSorted()).toEqual(
      records.map(({ code }) => code).toSorted(),
    );
  });

  it(
    'says nothing twice: another sync finds the same issues',
    async () => {
      const before = await openIssues(stage);
      await stage.sync('full', timeoutMs);
      expect((await openIssues(stage)).map(({ id }) => id).toSorted()).toEqual(
        before.map(({ id }) => id).toSorted(),
      );
    },
    timeoutMs,
  );
}

async function issueOfRecord(stage: Stage, crmId: string, code: IssueCode): Promise<IssueView> {
  for (const issue of await openIssues(stage)) {
    if (issue.code !== code || issue.recordId === null) continue;
    const record = await stage.service.storage.admin.record(stage.organizationId, issue.recordId);
    if (record?.crmId === crmId) return issue;
  }
  throw new Error(`no open issue ${code} of the record ${crmId}`);
}

/** An invoice whose credits stay in the CRM goes through, and says so; from then on that they flow, it does not. */
export function proveCreditsAreTold({ size, timeoutMs }: { size: number; timeoutMs: number }): void {
  let stage: Stage;
  beforeAll(async () => {
    const directions = { 'credit-notes': 'off', 'credit-applications': 'off', refunds: 'off' } as const;
    stage = await openStage({ beatMs: BEAT_MS, size, settings: { directions } });
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'are told with their invoice, which is in Xero',
    async () => {
      const [id = ''] = await stage.sandbox.inCrm({ action: 'corrupt', fields: { kind: 'credited' } });
      await stage.event('invoices', id);
      await stage.quiet();
      const issue = await issueOfRecord(stage, id, 'INVOICE_HAS_CREDITS');
      expect(issueTitle(issue.code, issue.meta)).toContain('Credits of 1.00 USD');
      expect(issue.severity).toBe('warning');
      const { items } = await stage.service.storage.admin.records({
        organizationId: stage.organizationId,
        entity: 'invoices',
        status: 'synced',
        text: null,
        cursor: null,
        limit: 10,
      });
      expect(items.map(({ crmId }) => crmId)).toEqual([id]);
    },
    timeoutMs,
  );
}

/** A record that was mended in the CRM and announced is in Xero, and so is whatever waited for it. */
export function proveMendedRecordsGo({ size, timeoutMs }: { size: number; timeoutMs: number }): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ beatMs: BEAT_MS, size });
    await stage.sync('full', timeoutMs);
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'goes once its total is right again',
    async () => {
      const [id = ''] = await corrupt(stage, 'invoices', 'sum-mismatch');
      await waitForIssue(stage, 'INVOICE_DOES_NOT_ADD_UP');
      await mend(stage, 'invoices', id, { adjustment: '0.00' });
    },
    timeoutMs,
  );

  it(
    'goes once its customer has a name, which is all that anybody did',
    async () => {
      const [customerId = ''] = await corrupt(stage, 'customers', 'customer-without-name');
      const [id = ''] = await stage.sandbox.inCrm({
        action: 'create',
        entity: 'invoices',
        fields: { customerId },
      });
      await stage.event('invoices', id);
      const issue = await waitForIssue(stage, 'PARENT_NOT_SYNCED');
      expect(issueTitle(issue.code, issue.meta)).toMatch(/customer.*needs a name/);
      await mend(stage, 'customers', customerId, { company: 'Named At Last Ltd' });
    },
    timeoutMs,
  );

  it(
    'goes once Xero has its currency, and somebody retries',
    async () => {
      const fields = { currency: 'ISK' };
      const [id = ''] = await stage.sandbox.inCrm({ action: 'create', entity: 'invoices', fields });
      await stage.event('invoices', id);
      await waitForIssue(stage, 'CURRENCY_NOT_ENABLED');
      await stage.sandbox.inXero({ entity: 'currency', id: 'ISK', action: 'enable' });
      await retry(stage, 'CURRENCY_NOT_ENABLED');
    },
    timeoutMs,
  );

  it(
    'goes once the lock date is moved, and somebody retries',
    async () => {
      const locked = { entity: 'organisation', action: 'set' };
      await stage.sandbox.inXero({ ...locked, fields: { periodLockDate: '2026-11-19' } });
      const fields = { date: '2026-11-01' };
      const [id = ''] = await stage.sandbox.inCrm({ action: 'create', entity: 'invoices', fields });
      await stage.event('invoices', id);
      const issue = await waitForIssue(stage, 'DATE_LOCKED');
      expect(issueTitle(issue.code, issue.meta)).toContain('2026-11-01');
      await stage.sandbox.inXero({ ...locked, fields: { periodLockDate: null } });
      await retry(stage, 'DATE_LOCKED');
    },
    timeoutMs,
  );
}

/** As a person does who has put something right in Xero, which took a minute. */
async function retry(stage: Stage, code: IssueCode): Promise<void> {
  const { stores, clock } = stage.service.parts;
  const known = await stores.organizations.reference(stage.organizationId);
  if (!known) throw new Error('the settings of the organisation in Xero were never read');
  const aMinuteAgo = new Date(clock.now().getTime() - 60_000);
  await stores.organizations.saveReference(stage.organizationId, known.data, aMinuteAgo);
  expect(await stores.hints.redriveParked(stage.organizationId, [code])).toBeGreaterThan(0);
  await allIsWell(stage);
}

async function corrupt(stage: Stage, entity: Entity, kind: string): Promise<string[]> {
  const ids = await stage.sandbox.inCrm({ action: 'corrupt', fields: { kind } });
  await stage.event(entity, ...ids);
  return ids;
}

function waitForIssue(stage: Stage, code: IssueCode): Promise<IssueView> {
  return waitUntil(async () => (await openIssues(stage)).find((issue) => issue.code === code), {
    timeoutMs: 20_000,
    what: `the issue ${code} to open`,
  });
}

async function mend(stage: Stage, entity: Entity, id: string, fields: object): Promise<void> {
  await stage.sandbox.inCrm({ action: 'edit', entity, id, fields });
  await stage.event(entity, id);
  await allIsWell(stage);
}

async function allIsWell(stage: Stage): Promise<void> {
  await waitUntil(async () => (await openIssues(stage)).length === 0, {
    timeoutMs: 20_000,
    what: 'every issue to be resolved',
  });
  await stage.quiet();
  await expectSameBooks(stage.sandbox);
}
