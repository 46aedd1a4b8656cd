import { describeWith } from '@sync/testing';
import { createPerfexDatabase, type PerfexDatabase } from '../../../testing/src/perfex/index.js';
import { memoryFingerprints } from './testing/memory-fingerprints.js';
import { openPerfex, sweepPerfex, UNHURRIED } from './testing/open-perfex.js';

const ids = (changes: readonly { recordId: string }[]): number[] =>
  changes.map(({ recordId }) => Number(recordId));

const span = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describeWith(['mariadb'], 'a listing of several pages', () => {
  let perfex: PerfexDatabase;
  const run = (sql: string): Promise<unknown> => perfex.connection.query(sql);

  beforeEach(async () => {
    perfex = await createPerfexDatabase({ seeded: false });
    // Such that a bucket of ids does not fit on the first page.
    await run(`insert into tblclients (userid, company, datecreated) select seq, concat('C', seq), '2026-01-01'
      from seq_1_to_2500 where seq <= 400 or seq >= 1000`);
  });

  afterEach(() => perfex.drop());

  it.each(['new', 'changed', 'all'] as const)(
    'holds every record once, at most 1000 a page (%s)',
    async (depth) => {
      const crm = openPerfex(perfex);
      const { changes, pages } = await sweepPerfex(crm, { entity: 'customers', depth });
      const again = await sweepPerfex(crm, { entity: 'customers', depth: 'changed' });
      await crm.close();
      expect(ids(changes)).toEqual([...span(1, 400), ...span(1000, 2500)]);
      expect(pages).toBeGreaterThanOrEqual(2);
      expect(again.changes).toEqual([]);
    },
  );

  it.each(['changed', 'all'] as const)(
    'goes on in another process, also without acknowledging (%s)',
    async (depth) => {
      const fingerprints = memoryFingerprints();
      const listed: number[] = [];
      for (let cursor: string | null = null, last = false; !last; ) {
        const crm = openPerfex(perfex, { fingerprints });
        const page = await crm.listChanges({ entity: 'customers', depth, cursor, signal: UNHURRIED });
        await crm.close();
        expect(page.changes.length).toBeLessThanOrEqual(1000);
        listed.push(...ids(page.changes));
        ({ cursor, last } = page);
      }
      expect(listed).toEqual([...span(1, 400), ...span(1000, 2500)]);
    },
  );

  it.each([5, 1100])(
    'does not lose a change to record %i, already listed, before the next page',
    async (id) => {
      const fingerprints = memoryFingerprints();
      const crm = openPerfex(perfex, { fingerprints });
      const request = { entity: 'customers', depth: 'changed', signal: UNHURRIED } as const;
      const first = await crm.listChanges({ ...request, cursor: null });
      expect(ids(first.changes)).toContain(id);
      await first.acknowledge?.();
      await run(`update tblclients set company = 'Renamed' where userid = ${id}`);
      await sweepPerfex(crm, { entity: 'customers', depth: 'changed', cursor: first.cursor });
      const next = await sweepPerfex(crm, { entity: 'customers', depth: 'changed' });
      await crm.close();
      expect(ids(next.changes)).toEqual([id]);
    },
  );

  it('reads tables whose columns have unlike character sets', async () => {
    await run(
      'alter table tblclients modify company varchar(191) character set latin1, modify vat varchar(50) character set utf8',
    );
    await run("update tblclients set company = 'Bäcker', vat = 'ÜÄ', city = '😀' where userid = 2");
    const crm = openPerfex(perfex);
    await sweepPerfex(crm, { entity: 'customers', depth: 'changed' });
    const [reading] = await crm.read('customers', ['2'], UNHURRIED);
    await run('alter table tblclients convert to character set utf8mb4');
    await run("update tblclients set company = 'Backer' where userid = 2");
    const after = await sweepPerfex(crm, { entity: 'customers', depth: 'changed' });
    await crm.close();
    expect(reading).toMatchObject({
      record: { name: 'Bäcker', taxNumber: 'ÜÄ', streetAddress: { city: '😀' } },
    });
    expect(ids(after.changes)).toEqual([2]);
  });
});
