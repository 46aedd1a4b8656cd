import { randomUUID } from 'node:crypto';
import { SyncError } from '@sync/domain';
import type { Storage } from '@sync/storage';
import { readReferenceData } from './connect.js';
import { tick } from './planner.js';
import type { DrainBench } from './testing/drain-bench.js';
import { withRealStorage } from './testing/real/real-storage.js';
import { xeroRecord } from './testing/scripted-xero.js';

describe('reading what mappings are made from', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  beforeEach(async () => {
    bench = await openBench({ confirmed: false });
    bench.crm.put('taxes', [{ id: 'VAT|20', components: [{ name: 'VAT', rate: '20' }] }]);
  });

  const read = (parts = bench.parts) =>
    readReferenceData(parts, {
      organizationId: bench.organizationId,
      holder: randomUUID(),
      signal: new AbortController().signal,
    });
  const mappings = () => storage.stores.mappings.load(bench.organizationId);
  const codes = async () => (await bench.issues()).map(({ code }) => code);
  const isFree = async () => {
    const fence = await storage.stores.leases.acquire(bench.connectionId, 'spec', 1000);
    if (fence) await storage.stores.leases.release(fence);
    return fence !== null;
  };

  it('suggests a mapping for accounts, taxes, payment modes and expense categories, and asks a person to confirm them', async () => {
    expect(await read()).toBe(true);
    const keys = (await mappings()).map(({ kind, key, source }) => `${kind} ${key} ${source}`);
    expect(keys.toSorted((a, b) => a.localeCompare(b))).toEqual([
      'account expenses suggested',
      'account rounding suggested',
      'account sales suggested',
      'expense-category 1 suggested',
      'payment-mode 1 suggested',
      'payment-mode none suggested',
      'purchase-tax none suggested',
      'purchase-tax VAT|20 suggested',
      'tax none suggested',
      'tax VAT|20 suggested',
    ]);
    expect(await codes()).toEqual(['MAPPINGS_NOT_CONFIRMED']);
  });

  it('leaves what a person chose as it is', async () => {
    const { organizationId } = bench;
    const chosen = { kind: 'account', key: 'sales', label: 'Sales', value: '123', reason: null } as const;
    await storage.stores.mappings.save(organizationId, [{ ...chosen, source: 'confirmed' }]);
    await read();
    expect(await mappings()).toContainEqual(
      expect.objectContaining({ key: 'sales', value: '123', source: 'confirmed' }),
    );
  });

  it('asks Xero once a day at most', async () => {
    await read();
    await read();
    expect(bench.xero.most.references).toBe(1);
    clock.advance(24 * 60 * 60_000);
    await read();
    expect(bench.xero.most.references).toBe(2);
  });

  it('keeps what the CRM has to choose from', async () => {
    await read();
    expect(await storage.stores.organizations.copies(bench.organizationId)).toMatchObject({
      crm: {
        data: { paymentModes: [{ name: 'Bank' }], expenseCategories: [{ name: 'Travel' }] },
        readAt: clock.now(),
      },
      documents: null,
    });
  });

  it('takes tax rates in as what Xero holds, so that nobody lists them again', async () => {
    const known = xeroRecord('OUTPUT', { number: 'VAT|20', name: 'VAT 20%' }, clock.now());
    bench.xero.shelf.put('taxes', known);
    await read();
    await storage.stores.mappings.confirm(bench.organizationId, clock.now());
    await bench.hint('taxes', ['VAT|20']);
    await bench.settle();
    expect((await bench.record('taxes', 'VAT|20')).xeroId).toBe('OUTPUT');
    expect(bench.xero.most.listings).toBe(0);
  });

  it('reads everything anew when somebody asks for it, once', async () => {
    const { organizations } = storage.stores;
    await read();
    await organizations.askForReference(bench.organizationId, clock.now());
    await read();
    expect(bench.xero.most.references).toBe(2);
    expect(await organizations.copies(bench.organizationId)).toMatchObject({
      documents: { data: { brandingThemes: [] } },
      askedAt: null,
    });
    await read();
    expect(bench.xero.most.references).toBe(2);
  });

  it('keeps in mind what was asked for while the CRM is away', async () => {
    const { organizations } = storage.stores;
    await organizations.askForReference(bench.organizationId, clock.now());
    bench.crm.fail(new SyncError('transient', 'connection refused', { code: 'CRM_UNREACHABLE' }));
    await read();
    expect((await organizations.copies(bench.organizationId))?.askedAt).toEqual(clock.now());
    bench.crm.fail(null);
    await read();
    expect((await organizations.copies(bench.organizationId))?.askedAt).toBeNull();
  });

  it('waits for its turn at the connection', async () => {
    const fence = await storage.stores.leases.acquire(bench.connectionId, 'another', 60_000);
    expect(await read()).toBe(false);
    expect(bench.xero.most.references).toBe(0);
    if (fence) await storage.stores.leases.release(fence);
    expect(await read()).toBe(true);
  });

  it('tells that the CRM is away, and that it is back', async () => {
    bench.crm.fail(new SyncError('transient', 'connection refused', { code: 'CRM_UNREACHABLE' }));
    expect(await read()).toBe(true);
    expect(await codes()).toEqual(['CRM_UNREACHABLE']);
    expect(await isFree()).toBe(true);
    bench.crm.fail(null);
    await read();
    expect(await codes()).toEqual(['MAPPINGS_NOT_CONFIRMED']);
  });

  it('tells that Xero does not answer, asks again on a beat, and tells that it is back', async () => {
    const wanted = async () => {
      const needing = await storage.stores.organizations.needingReference(new Date(0));
      return needing.some(({ id }) => id === bench.organizationId);
    };
    const open: typeof bench.xero.open = async (...request) => ({
      ...(await bench.xero.open(...request)),
      reference: async () => {
        throw new SyncError('transient', 'Xero answered 500 to /Organisation');
      },
    });
    expect(await read({ ...bench.parts, xero: { ...bench.xero, open } })).toBe(true);
    expect(await codes()).toEqual(['XERO_UNREACHABLE']);
    expect(await wanted()).toBe(false);
    clock.advance(15_000);
    expect(await wanted()).toBe(true);
    await read();
    expect(await codes()).toEqual(['MAPPINGS_NOT_CONFIRMED']);
  });

  it('takes no trouble with Xero for over where Xero was not asked', async () => {
    await read();
    const pause = { organizationId: bench.organizationId, entity: null, meta: {}, probeAt: clock.now() };
    await storage.stores.organizations.pause({ ...pause, code: 'XERO_UNREACHABLE' });
    clock.advance(1_000);
    await read();
    expect((await codes()).toSorted()).toEqual(['MAPPINGS_NOT_CONFIRMED', 'XERO_UNREACHABLE']);
  });

  it('takes no passing trouble of the CRM for one with Xero, and a stopped worker for no trouble at all', async () => {
    bench.crm.fail(new SyncError('transient', 'reset'));
    await expect(read()).rejects.toThrow('reset');
    bench.crm.fail(new SyncError('transient', 'stopped', { code: 'CRM_UNREACHABLE' }));
    const signal = AbortSignal.abort();
    const request = { organizationId: bench.organizationId, holder: randomUUID(), signal };
    await expect(readReferenceData(bench.parts, request)).rejects.toThrow('stopped');
    expect(await codes()).toEqual([]);
  });

  it('is asked for again where a worker died after it asked for confirmation and before it suggested', async () => {
    const suggest = async () => {
      throw new Error('killed');
    };
    const stores = { ...storage.stores, mappings: { ...storage.stores.mappings, suggest } };
    await expect(read({ ...bench.parts, stores })).rejects.toThrow('killed');
    expect(await codes()).toEqual(['MAPPINGS_NOT_CONFIRMED']);
    bench.rings.length = 0;
    await tick(bench.parts);
    expect(bench.rings).toEqual(['reference']);
    await read();
    bench.rings.length = 0;
    await tick(bench.parts);
    expect(bench.rings).toEqual([]);
  });

  it('gives the lease back and closes what it opened, however it ends', async () => {
    const crmOf = async () => {
      throw new Error('no such CRM');
    };
    await expect(read({ ...bench.parts, crmOf })).rejects.toThrow('no such CRM');
    expect(bench.xero.closed).toBe(1);
    expect(await isFree()).toBe(true);
  });

  it('does not stand still for mappings that somebody confirmed meanwhile', async () => {
    const { organizationId } = bench;
    const organizations: Storage['stores']['organizations'] = {
      ...storage.stores.organizations,
      pause: async (request) => {
        await storage.stores.mappings.confirm(organizationId, clock.now());
        await storage.stores.organizations.pause(request);
      },
    };
    await read({ ...bench.parts, stores: { ...storage.stores, organizations } });
    expect(await codes()).toEqual([]);
  });
});
