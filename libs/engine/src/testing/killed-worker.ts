import type { EngineParts } from '../drain/context.js';
import type { Fence, Stores } from '../ports/stores.js';

/** A worker that dies at one of its steps: from then on nothing that it does has an effect. */
export interface KilledWorker {
  parts: EngineParts;
  /** Whether it came as far as its death. */
  died(): boolean;
  /** A dead worker gives nothing back: its lease runs out. */
  leaseRunsOut(): Promise<void>;
}

type Step = (work: () => unknown) => Promise<unknown>;

/** `at`: the call to storage, counted from 1, before which it dies. */
export function killedWorker(parts: EngineParts, at: number): KilledWorker {
  const life = { calls: 0, dead: false };
  const step: Step = async (work) => {
    life.calls += 1;
    if (life.calls === at) life.dead = true;
    if (life.dead) throw new Error('killed');
    const result = await work();
    // What comes back after the death is heard by nobody.
    if (life.dead) throw new Error('killed');
    return result;
  };
  const fences: Fence[] = [];
  const leases: Stores['leases'] = {
    ...parts.stores.leases,
    acquire: async (...request) => {
      const fence = await parts.stores.leases.acquire(...request);
      if (fence) fences.push(fence);
      return fence;
    },
  };
  return {
    parts: { ...parts, stores: dying({ ...parts.stores, leases }, step) },
    died: () => life.dead,
    leaseRunsOut: async () => {
      for (const fence of fences) await parts.stores.leases.release(fence);
    },
  };
}

function dying(stores: Stores, step: Step): Stores {
  const guardedStores = Object.entries(stores).map(([name, store]: [string, object]) => [
    name,
    guarded(store, step),
  ]);
  return Object.fromEntries(guardedStores) as Stores;
}

function guarded<Store extends object>(store: Store, step: Step): Store {
  return new Proxy(store, {
    get: (target, name): unknown => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...request: unknown[]) => step(() => Reflect.apply(method, target, request));
    },
  });
}
