import { grantWriting } from '../../libs/crm/src/perfex/testing/writer-login.js';
import {
  createPerfexDatabase,
  type PerfexDatabase,
  type RowDataPacket,
} from '../../libs/testing/src/perfex/index.js';
import { doneInXero, partnerOf, readFromXero, theOne, xeroDocuments } from './both-sides.js';
import { openPerfexStage } from './perfex.js';
import type { Stage } from './stage.js';

/** The seeded invoice with a line of 30.00 and an optional one of 99.00 and 20 % that nobody selected. */
const INVOICE = '8';

/** What a Perfex 3.4.0 offers on an invoice is in Xero from when it is selected on, and never before. */
export function proveOptionalLines(timeoutMs: number): void {
  let perfex: PerfexDatabase;
  let stage: Stage;
  beforeAll(async () => {
    perfex = await createPerfexDatabase({ shape: '3.4.0' });
    const reader = { ...perfex.reader, ...(await grantWriting(perfex)) };
    stage = await openPerfexStage({ ...perfex, reader }, { settings: { writeBack: true, autoSync: true } });
    await stage.sync('full', timeoutMs);
    await stage.quiet();
  }, timeoutMs);
  afterAll(async () => {
    await stage.close();
    await perfex.drop();
  });

  it('is not charged in Xero', async () => {
    expect(await inXero(stage)).toMatchObject({ total: '30.00', tax: '0.00' });
  });

  it(
    'stays as it is while people in Xero edit what is charged',
    async () => {
      const before = await offeredLine(perfex);
      const line = {
        Description: 'Chosen',
        Quantity: 1,
        UnitAmount: 45,
        AccountCode: '200',
        TaxType: 'NONE',
      };
      const id = await partnerOf(stage, 'invoices', { crmId: INVOICE });
      await doneInXero(stage, { action: 'edit', entity: 'invoice', id, fields: { LineItems: [line] } });
      await readFromXero(stage, 'invoices');
      expect(await totalInPerfex(perfex)).toBe('45.00');
      expect(await offeredLine(perfex)).toEqual(before);
    },
    timeoutMs,
  );

  it(
    'is charged in Xero once it is selected',
    async () => {
      await selectLine(perfex);
      await stage.sync('incremental', timeoutMs);
      await stage.quiet();
      expect(await inXero(stage)).toMatchObject({ total: '163.80', tax: '19.80' });
    },
    timeoutMs,
  );
}

async function inXero(stage: Stage) {
  const id = await partnerOf(stage, 'invoices', { crmId: INVOICE });
  return theOne(await xeroDocuments(stage, 'invoices'), (one) => one.id === id);
}

async function offeredLine({ connection, table }: PerfexDatabase): Promise<RowDataPacket[]> {
  const [lines] = await connection.query<RowDataPacket[]>(
    "select * from ?? where rel_type = 'invoice' and rel_id = ? and is_optional = 1",
    [table('itemable'), INVOICE],
  );
  expect(lines).toMatchObject([{ is_selected: 0, rate: '99.00' }]);
  return lines;
}

async function totalInPerfex({ connection, table }: PerfexDatabase): Promise<unknown> {
  const [rows] = await connection.query<RowDataPacket[]>('select total from ?? where id = ?', [
    table('invoices'),
    INVOICE,
  ]);
  return rows[0]?.['total'];
}

/** As Perfex does when the customer ticks the line: the browser sends the new totals. */
async function selectLine({ connection, table }: PerfexDatabase): Promise<void> {
  await connection.query("update ?? set is_selected = 1 where rel_type = 'invoice' and rel_id = ?", [
    table('itemable'),
    INVOICE,
  ]);
  await connection.query(
    'update ?? set subtotal = subtotal + 99, total_tax = 19.80, total = total + 118.80 where id = ?',
    [table('invoices'), INVOICE],
  );
}
