/** Proof of holding a lease: writes under an older number are refused. */
export interface Fence {
  connectionId: string;
  number: number;
}

/** The lease of a connection was taken by somebody else: what was being done must be left where it is. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  constructor(connectionId: string) {
    super(`The lease of connection ${connectionId} is no longer held`);
  }
}

/** The lease of a Xero connection: whoever holds it is the only one to call that tenant. */
export interface LeaseStore {
  /** Null: somebody else holds it. */
  acquire(connectionId: string, holder: string, ttlMs: number): Promise<Fence | null>;
  /** False: it was taken over. */
  renew(fence: Fence, ttlMs: number): Promise<boolean>;
  release(fence: Fence): Promise<void>;
}
