import { setTimeout as delay } from 'node:timers/promises';
import { type IssueCode, issueTitle, taxSetKey } from '@sync/domain';
import type { Mapping } from '@sync/engine';
import { waitUntil } from '@sync/testing';
import { expectSameBooks } from './same-books.js';
import { writing } from './sandbox-control.js';
import { expectSettled, issueOpened, issueResolved, openIssues } from './settled.js';
import { BEAT_MS, openStage, type Stage } from './stage.js';

/** The tax of the sample CRM's act `new-tax`. */
const LUXURY = taxSetKey([{ name: 'Luxury Tax', rate: '12.50' }]);

/** Mappings are suggested, but nothing is posted on a guess. */
export function proveNothingIsPostedUnconfirmed(timeoutMs: number): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ beatMs: BEAT_MS, size: 10, unconfirmed: true });
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'writes nothing before somebody has confirmed the suggestions, whatever is asked for, and says so',
    async () => {
      const runId = await stage.startRun('full');
      await stage.service.parts.bell.ringReference({
        id: stage.organizationId,
        name: stage.organizationName,
      });
      await issueOpened(stage, 'MAPPINGS_NOT_CONFIRMED');
      await stage.event('customers', '1', '2', '3');
      await delay(1_500);
      expect(writing(await stage.sandbox.calls())).toEqual([]);
      await stage.confirm();
      await issueResolved(stage, 'MAPPINGS_NOT_CONFIRMED');
      await waitUntil(() => isCompleted(stage, runId), { timeoutMs, what: 'the run to go on and complete' });
      await expectSameBooks(stage.sandbox);
    },
    timeoutMs,
  );
}

async function isCompleted({ service, organizationId }: Stage, runId: string): Promise<boolean> {
  return (await service.storage.admin.run(organizationId, runId))?.status === 'completed';
}

/** What lacks a mapping is parked under the code of that mapping; saving it sets the records going again. */
export function proveMissingMappingsPark(timeoutMs: number): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ beatMs: BEAT_MS, size: 10 });
    await stage.sync('full', timeoutMs);
    const { service, organizationId } = stage;
    await service.storage.admin.updateSettings(organizationId, { createTaxRates: false });
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'a tax that may not be created: its invoice waits for it, and goes once it is mapped',
    async () => {
      const [id = ''] = await stage.sandbox.inCrm({ action: 'corrupt', fields: { kind: 'new-tax' } });
      await stage.event('invoices', id);
      const issue = await issueOpened(stage, 'TAX_NOT_MAPPED');
      expect(issueTitle(issue.code, issue.meta)).toMatch(/tax "Luxury Tax 12\.5%" has no tax rate in Xero/);
      expect(issueTitle('PARENT_NOT_SYNCED', (await issueOpened(stage, 'PARENT_NOT_SYNCED')).meta)).toContain(
        'needs the tax Luxury Tax 12.5%, which is not in Xero: it is set aside with TAX_NOT_MAPPED',
      );
      const value = await addTaxRate(stage, 'Luxury', '12.5');
      await save(stage, { kind: 'tax', key: LUXURY, label: 'Luxury Tax', value });
      await allIsWell(stage, ['TAX_NOT_MAPPED', 'PARENT_NOT_SYNCED']);
    },
    timeoutMs,
  );

  it(
    'a payment mode without a bank account: the payment goes once it has one',
    async () => {
      const [id = ''] = await stage.sandbox.inCrm({
        action: 'create',
        entity: 'payments',
        fields: { mode: 'paypal' },
      });
      await stage.event('payments', id);
      const issue = await issueOpened(stage, 'PAYMENT_MODE_NOT_MAPPED');
      expect(issueTitle(issue.code, issue.meta)).toContain('"paypal" has no bank account in Xero');
      const known = await stage.service.parts.stores.mappings.load(stage.organizationId);
      const value = known.find(({ kind }) => kind === 'payment-mode')?.value ?? null;
      await save(stage, { kind: 'payment-mode', key: 'paypal', label: 'PayPal', value });
      await allIsWell(stage, ['PAYMENT_MODE_NOT_MAPPED']);
    },
    timeoutMs,
  );
}

function save(stage: Stage, mapping: Pick<Mapping, 'kind' | 'key' | 'label' | 'value'>): Promise<void> {
  const { mappings } = stage.service.parts.stores;
  return mappings.save(stage.organizationId, [{ ...mapping, source: 'confirmed', reason: null }]);
}

async function allIsWell(stage: Stage, codes: readonly IssueCode[]): Promise<void> {
  for (const code of codes) await issueResolved(stage, code);
  await stage.quiet();
  expect(await openIssues(stage)).toEqual([]);
  await expectSettled(stage);
  await expectSameBooks(stage.sandbox);
}

/** Somebody adds a tax rate in Xero. Returns its TaxType. */
async function addTaxRate({ sandbox }: Stage, name: string, rate: string): Promise<string> {
  const { access_token: token, tenantIds } = await sandbox.post<{
    access_token: string;
    tenantIds: string[];
  }>('authorize', {});
  const components = [{ Name: name, Rate: rate, IsCompound: false, IsNonRecoverable: false }];
  const response = await fetch(`${sandbox.url}/api.xro/2.0/TaxRates`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${token}`,
      'xero-tenant-id': tenantIds[0] ?? '',
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({ TaxRates: [{ Name: name, TaxComponents: components }] }),
  });
  const { TaxRates: rates } = (await response.json()) as { TaxRates: { TaxType: string }[] };
  return rates[0]?.TaxType ?? '';
}
