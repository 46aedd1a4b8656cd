import { type Fence, LeaseLost, type LeaseStore } from '../ports/stores.js';
import { LEASE_MS, LEASE_RENEWAL_MS } from './timing.js';

/** A lease that is kept alive until it is released or taken over. */
export interface HeldLease {
  fence: Fence;
  /** Throws `LeaseLost` when the lease may have been taken over; asked before each call. */
  stillHeld(): void;
  release(): Promise<void>;
}

/**
 * Takes the lease of a connection and renews it by timer. It counts as lost as soon as the last renewal is older than
 * its life, by a clock that does not jump: a worker that slept must not send what another may have taken over.
 */
export async function holdLease(
  leases: LeaseStore,
  connectionId: string,
  holder: string,
): Promise<HeldLease | null> {
  let renewedAt = performance.now();
  const fence = await leases.acquire(connectionId, holder, LEASE_MS);
  if (!fence) return null;
  let lost = false;
  let renewal = Promise.resolve();
  const timer = setInterval(() => {
    const askedAt = performance.now();
    renewal = leases.renew(fence, LEASE_MS).then(
      (renewed) => {
        if (renewed) renewedAt = askedAt;
        else lost = true;
      },
      // A database that is away is no proof of loss; the age of the last renewal decides.
      () => undefined,
    );
  }, LEASE_RENEWAL_MS);
  return {
    fence,
    stillHeld: () => {
      if (lost || performance.now() - renewedAt > LEASE_MS) throw new LeaseLost(connectionId);
    },
    release: async () => {
      clearInterval(timer);
      // One under way would take the lease again after it was given back, and nobody would let go of it.
      await renewal;
      await leases.release(fence);
    },
  };
}
