import type { Entity } from '@sync/domain';
import { describeWithFacts } from '../../libs/xero/src/testing/facts.js';
import { DESCRIPTION, loadJudge } from './published-description.js';
import { type RecordedRequest, type RecordingProxy, startRecordingProxy } from './recording-proxy.js';
import { expectSameBooks } from './same-books.js';
import { BEAT_MS, openStage, type Stage } from './stage.js';

/** What Xero lets anybody edit. Vendors are contacts as customers are. */
const EDITED = ['customers', 'items', 'invoices', 'expenses', 'purchase-orders'] as const;

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/;

describeWithFacts(DESCRIPTION, 'every request of a first sync and of the edits after it', () => {
  let stage: Stage;
  let proxy: RecordingProxy | undefined;
  beforeAll(async () => {
    stage = await openStage({
      beatMs: BEAT_MS,
      size: 60,
      apiAt: async (sandboxUrl) => {
        proxy = await startRecordingProxy(sandboxUrl);
        return proxy.url;
      },
    });
    await stage.sync('full');
    for (const entity of EDITED) await edit(stage, entity);
    await stage.quiet();
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await proxy?.close();
  });

  it("is one that Xero's published description allows", async () => {
    await expectSameBooks(stage.sandbox);
    const judge = loadJudge();
    const wrong = accountingRequests(proxy).flatMap((request) =>
      judge(request).map((what) => `${request.method} ${request.url}: ${what}`),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('would not be, with a misspelt field or parameter or without its tenant', () => {
    const body = JSON.stringify({ Invoices: [{ Contct: {} }] });
    const url = '/api.xro/2.0/Invoices?sumarizeErrors=false';
    expect(loadJudge()({ method: 'PUT', url, headers: {}, body })).toEqual([
      'the parameter sumarizeErrors is not described',
      'the header xero-tenant-id is missing',
      expect.stringContaining('"additionalProperty":"Contct"'),
    ]);
  });

  it('covers a creation of every entity, and an update of what may be edited', () => {
    const writes = accountingRequests(proxy)
      .filter(({ method }) => method !== 'GET')
      .map(
        ({ method, url }) => `${method} ${new URL(url, 'http://xero').pathname.replace('/api.xro/2.0/', '')}`,
      )
      .map((call) => call.replace(ID, '{id}'));
    expect([...new Set(writes)].toSorted()).toEqual([
      'POST BankTransactions',
      'POST Contacts',
      'POST Invoices',
      'POST Items',
      'POST PurchaseOrders',
      'PUT BankTransactions',
      'PUT Contacts',
      'PUT CreditNotes',
      'PUT CreditNotes/{id}/Allocations',
      'PUT Invoices',
      'PUT Items',
      'PUT Payments',
      'PUT PurchaseOrders',
      'PUT TaxRates',
    ]);
  });
});

function accountingRequests(proxy: RecordingProxy | undefined): RecordedRequest[] {
  return (proxy?.requests ?? []).filter(({ url }) => url.startsWith('/api.xro/2.0/'));
}

async function edit(stage: Stage, entity: Entity): Promise<void> {
  const ids = await stage.sandbox.inCrm({ action: 'edit', entity });
  await stage.event(entity, ...ids);
}
