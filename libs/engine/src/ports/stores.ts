import type { BatchStore } from './batches.js';
import type { BrakeStore } from './brake.js';
import type { ConflictStore } from './conflicts.js';
import type { CrmWriteStore } from './crm-writes.js';
import type { HintStore } from './hints.js';
import type { IdentityStore } from './identities.js';
import type { LeaseStore } from './leases.js';
import type { MappingStore } from './mappings.js';
import type { OperationStore } from './operations.js';
import type { OrganizationStore } from './organizations.js';
import type { RunStore } from './runs.js';
import type { SweepStore } from './sweeps.js';
import type { WebhookStore } from './webhooks.js';
import type { XeroCheckpointStore } from './xero-checkpoints.js';

export * from './batches.js';
export * from './bindings.js';
export * from './brake.js';
export * from './conflicts.js';
export * from './crm-writes.js';
export * from './hints.js';
export * from './identities.js';
export * from './leases.js';
export * from './mappings.js';
export * from './operations.js';
export * from './organizations.js';
export * from './runs.js';
export * from './sweeps.js';
export * from './webhooks.js';
export * from './xero-checkpoints.js';

/** Everything the engine stores. */
export interface Stores {
  hints: HintStore;
  operations: OperationStore;
  leases: LeaseStore;
  batches: BatchStore;
  sweeps: SweepStore;
  runs: RunStore;
  mappings: MappingStore;
  identities: IdentityStore;
  organizations: OrganizationStore;
  xeroCheckpoints: XeroCheckpointStore;
  webhooks: WebhookStore;
  crmWrites: CrmWriteStore;
  conflicts: ConflictStore;
  brake: BrakeStore;
}
