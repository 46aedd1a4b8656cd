import type { Entity } from '@sync/domain';

/** What one request or schedule tick set in motion. */
export interface RunStore {
  create(request: {
    organizationId: string;
    entities: readonly Entity[];
    mode: 'incremental' | 'full';
  }): Promise<string>;
  /** Sweeps of runs that still have to be made. */
  openSweeps(): Promise<RunSweep[]>;
  /** The sweep of this entity is done for the run. */
  swept(runId: string, entity: Entity): Promise<void>;
  /** The run cannot go on, such as when the CRM is away. */
  fail(runId: string, reason: string): Promise<void>;
  /** Closes runs of which every sweep is done and every operation has an outcome. */
  completeFinished(): Promise<number>;
  /** Drops the run's claim on its operations; those that nobody else waits for and are not claimed become undone. */
  cancel(organizationId: string, runId: string): Promise<boolean>;
}

/** A sweep that a run asks for. */
export interface RunSweep {
  runId: string;
  organizationId: string;
  organizationName: string;
  entity: Entity;
  mode: 'incremental' | 'full';
}
