import { setTimeout as delay } from 'node:timers/promises';
import { type IssueCode, issueTitle } from '@sync/domain';
import { waitUntil } from '@sync/testing';
import { createPerfexDatabase, type PerfexDatabase } from '../../libs/testing/src/perfex/index.js';
import { openPerfexStage } from './perfex.js';
import { expectSameBooks } from './same-books.js';
import { writing } from './sandbox-control.js';
import { expectSettled, issueOpened, issueResolved, openIssues, probeNow } from './settled.js';
import { BEAT_MS, openStage, type Stage } from './stage.js';

/** How the CRM goes wrong, and what people are told. */
export interface CrmTrouble {
  mode: string;
  code: IssueCode;
  title: RegExp;
}

/** The organization stands still and says why; once the CRM is mended, it goes on by itself. */
export function proveCrmTroublePauses(troubles: readonly CrmTrouble[], timeoutMs: number): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ beatMs: BEAT_MS, size: 10 });
    await stage.sync('full', timeoutMs);
  }, timeoutMs);
  afterAll(() => stage.close());

  describe.each(troubles)('that answers with "$mode"', ({ mode, code, title }) => {
    it(
      'stands still, says so once, and does not go on because somebody rings',
      async () => {
        await stage.sandbox.inCrm({ action: 'break', fields: { mode } });
        const [id = ''] = await stage.sandbox.inCrm({ action: 'create', entity: 'customers' });
        await stage.event('customers', id);
        const issue = await issueOpened(stage, code);
        expect(issueTitle(issue.code, issue.meta)).toMatch(title);
        await stage.event('customers', id);
        await stage.startRun('full');
        await delay(1_000);
        expect(await openIssues(stage)).toMatchObject([{ id: issue.id, scope: 'organization' }]);
      },
      timeoutMs,
    );

    it(
      'goes on by itself once it is mended: what was announced and what was asked for meanwhile is done',
      async () => {
        await stage.sandbox.inCrm({ action: 'break', fields: { mode: 'none' } });
        await probeNow(stage, code);
        await issueResolved(stage, code);
        await stage.quiet();
        await allRunsDone(stage);
        await expectSameBooks(stage.sandbox);
        await expectSettled(stage);
      },
      timeoutMs,
    );
  });
}

/** One that was asked for meanwhile may be under way still when a later one is done. */
async function allRunsDone(stage: Stage): Promise<void> {
  expect(await stage.sync('incremental')).toMatchObject({ status: 'completed' });
  const { organizationId, service } = stage;
  const allDone = async () => {
    const { items } = await service.storage.admin.runs({ organizationId, cursor: null, limit: 50 });
    return items.every(({ status }) => status === 'completed') || undefined;
  };
  await waitUntil(allDone, { timeoutMs: 30_000, what: 'all runs to be completed' });
}

/** Ids that point at other records than before stop everything, until a person has looked. */
export function proveReplacedCrmStops(timeoutMs: number): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ beatMs: BEAT_MS, size: 10 });
    await stage.sync('full', timeoutMs);
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'writes nothing of what it finds under the old ids',
    async () => {
      const [before, known] = [await stage.sandbox.ledger(true), await stage.sandbox.crmLedger(true)];
      await stage.sandbox.post('seed', { size: 20, seed: 99 });
      await stage.sandbox.forgetCalls();
      await stage.startRun('full');
      const issue = await issueOpened(stage, 'CRM_REPLACED');
      expect(issueTitle(issue.code, issue.meta)).toMatch(/restored or set up anew.*stands still/);
      for (const { id } of known['invoices']?.documents ?? []) await stage.event('invoices', id);
      await delay(2_000);
      expect(writing(await stage.sandbox.calls())).toEqual([]);
      expect(await stage.sandbox.ledger(true)).toEqual(before);
    },
    timeoutMs,
  );
}

/** A Perfex database that is not what it should be says which table is missing, or which prefix would be right. */
export function provePerfexSchemaIsChecked(timeoutMs: number): void {
  let perfex: PerfexDatabase;
  beforeAll(async () => {
    perfex = await createPerfexDatabase({ prefix: 'crm_' });
  }, timeoutMs);
  afterAll(() => perfex.drop());

  it(
    'names the prefix that is there instead',
    async () => {
      const stage = await openPerfexStage({ ...perfex, prefix: 'tbl' }, { unconfirmed: true });
      try {
        await stage.startRun('full');
        const issue = await issueOpened(stage, 'CRM_SCHEMA_UNKNOWN');
        expect(issueTitle(issue.code, issue.meta)).toMatch(/no tables tblclients.*set the prefix to crm_/);
        expect(writing(await stage.sandbox.calls())).toEqual([]);
      } finally {
        await stage.close();
      }
    },
    timeoutMs,
  );

  it(
    'names the table that is gone, and goes on once it is back',
    async () => {
      const stage = await openPerfexStage(perfex);
      try {
        await stage.sync('full', timeoutMs);
        const { connection } = perfex;
        await connection.query('rename table crm_itemable to crm_itemable_gone');
        await stage.startRun('full');
        const issue = await issueOpened(stage, 'CRM_SCHEMA_UNKNOWN');
        expect(issueTitle(issue.code, issue.meta)).toContain('crm_itemable');
        await connection.query('rename table crm_itemable_gone to crm_itemable');
        await probeNow(stage, 'CRM_SCHEMA_UNKNOWN');
        await issueResolved(stage, 'CRM_SCHEMA_UNKNOWN');
        await stage.quiet();
        await allRunsDone(stage);
      } finally {
        await stage.close();
      }
    },
    timeoutMs,
  );
}
