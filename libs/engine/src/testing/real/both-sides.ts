import type { CanonicalRecord, Customer, Entity } from '@sync/domain';
import type { SettingsChange } from '../../ports/stores.js';
import type { XeroRecord } from '../../ports/xero.js';
import type { DrainBench } from '../drain-bench.js';
import { customer } from '../records.js';
import { xeroRecord } from '../scripted-xero.js';
import { type RealStorage, withRealStorage } from './real-storage.js';

/** A bench on which records flow both ways, and what people do on either side of it. */
export interface BothSides extends Pick<RealStorage, 'clock' | 'storage'> {
  /** That of the last `open`. */
  readonly bench: DrainBench;
  /** Both sides are empty and were listed once; customers flow both ways unless told. */
  open(settings?: SettingsChange): Promise<void>;
  /** The same, and Xero was read for the first time a minute ago: from then on new records are pulled. */
  watching(settings?: SettingsChange): Promise<void>;
  /** Customer 1 is on both sides, and everything that was due is done. */
  bound(change?: Partial<Customer>): Promise<void>;
  inCrm<E extends Entity>(entity: E, id: string): Promise<CanonicalRecord<E> | null>;
  /** Ids of what the CRM holds. */
  crmRecords(entity: Entity): Promise<string[]>;
  inXero(entity: Entity): XeroRecord['owned'][];
  /** Changes the only record of the entity in Xero. */
  editInXero(owned: XeroRecord['owned'], entity?: Entity): void;
  /** Changes customer 1 in the CRM, which tells of it. */
  editInCrm(change: Partial<Customer>): Promise<void>;
  madeInXero(
    entity: Entity,
    xeroId: string,
    owned: XeroRecord['owned'],
    keys?: Partial<XeroRecord['keys']>,
  ): void;
  contactInXero(name: string): void;
  writes(): { crm: number; xero: number };
  /** Of the open issues. */
  codes(): Promise<string[]>;
}

/** For the tests of the `describe` that calls this; each opens a bench of its own. */
export function withBothSides(): BothSides {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;
  const open: BothSides['open'] = async (settings = {}) => {
    const chosen: SettingsChange = { writeBack: true, directions: { customers: 'two-way' }, ...settings };
    bench = await openBench({ settings: chosen });
    await bench.listed('customers', 'invoices', 'payments');
  };
  return {
    clock,
    storage,
    get bench() {
      return bench;
    },
    open,
    watching: async (settings) => {
      await open(settings);
      for (const entity of ['customers', 'invoices', 'payments'] as const) await bench.drain(entity);
      clock.advance(60_000);
    },
    bound: async (change = {}) => {
      bench.crm.put('customers', [customer('1', change)]);
      await bench.hint('customers', ['1']);
      await bench.settle();
      bench.xero.calls.length = 0;
      bench.crm.calls.write = 0;
    },
    ...inTheCrm(() => bench),
    ...inTheXero(() => bench),
    writes: () => ({ crm: bench.crm.calls.write, xero: bench.xero.calls.length }),
    codes: async () => (await bench.issues()).map(({ code }) => code),
  };
}

function inTheCrm(bench: () => DrainBench): Pick<BothSides, 'inCrm' | 'crmRecords' | 'editInCrm'> {
  const inCrm: BothSides['inCrm'] = async (entity, id) => {
    const [reading] = await bench().crm.read(entity, [id], new AbortController().signal);
    return reading?.state === 'found' ? reading.record : null;
  };
  return {
    inCrm,
    crmRecords: async (entity) => {
      const { signal } = new AbortController();
      const { changes } = await bench().crm.listChanges({ entity, depth: 'all', cursor: null, signal });
      return changes.map(({ recordId }) => recordId);
    },
    editInCrm: async (change) => {
      const held = await inCrm('customers', '1');
      if (!held) throw new Error('the CRM has no customer 1');
      bench().crm.put('customers', [{ ...held, ...change }]);
      await bench().hint('customers', ['1'], 'event');
    },
  };
}

function inTheXero(
  bench: () => DrainBench,
): Pick<BothSides, 'inXero' | 'editInXero' | 'madeInXero' | 'contactInXero'> {
  const madeInXero: BothSides['madeInXero'] = (entity, xeroId, owned, keys = {}) =>
    bench().xero.shelf.put(entity, { ...xeroRecord(xeroId, keys, bench().clock.now()), owned });
  return {
    inXero: (entity) =>
      bench()
        .xero.shelf.records(entity)
        .map(({ owned }) => owned),
    editInXero: (owned, entity = 'customers') => {
      const [record] = bench().xero.shelf.records(entity);
      bench().xero.shelf.edit(entity, record?.xeroId ?? '', { owned });
    },
    madeInXero,
    contactInXero: (name) => {
      const { id: _id, active: _active, ...owned } = customer('0', { name });
      madeInXero('customers', `x-${name}`, owned, { name });
    },
  };
}
