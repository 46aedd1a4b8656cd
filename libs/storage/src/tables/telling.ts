import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** What one request set in motion. */
@Entity('run')
export class RunTable {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text' })
  mode: string;

  @Column({ type: 'text' })
  status: string;

  @Column({ type: 'text', nullable: true })
  failure: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'started_at', precision: 3, nullable: true })
  startedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'finished_at', precision: 3, nullable: true })
  finishedAt: Date | null;
}

/** A sweep that a run asks for. */
@Entity('run_sweep')
export class RunSweepTable {
  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn({ type: 'uuid', name: 'run_id' })
  runId: string;

  @PrimaryColumn({ type: 'text' })
  entity: string;

  @Column({ type: 'timestamptz', name: 'done_at', precision: 3, nullable: true })
  doneAt: Date | null;
}

/** A record that a run concerns, and how it ended for it. */
@Entity('run_operation')
export class RunOperationTable {
  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn({ type: 'uuid', name: 'run_id' })
  runId: string;

  @PrimaryColumn({ type: 'uuid', name: 'binding_id' })
  bindingId: string;

  @Column({ type: 'text' })
  entity: string;

  @Column({ type: 'text', nullable: true })
  outcome: string | null;
}

/** One thing that happened to a record. */
@Entity('history_entry')
export class HistoryEntryTable {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'uuid', name: 'binding_id' })
  bindingId: string;

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date;

  @Column({ type: 'text' })
  what: string;

  @Column({ type: 'jsonb' })
  detail: unknown;

  @Column({ type: 'uuid', name: 'run_id', nullable: true })
  runId: string | null;
}

/** A problem, open or resolved; without a binding it is one of a whole scope. */
@Entity('issue')
export class IssueTable {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  scope: string;

  @Column({ type: 'text' })
  severity: string;

  @Column({ type: 'text', nullable: true })
  entity: string | null;

  @Column({ type: 'uuid', name: 'binding_id', nullable: true })
  bindingId: string | null;

  @Column({ type: 'jsonb' })
  meta: unknown;

  @Column({ type: 'timestamptz', name: 'first_seen_at', precision: 3 })
  firstSeenAt: Date;

  @Column({ type: 'timestamptz', name: 'last_seen_at', precision: 3 })
  lastSeenAt: Date;

  @Column({ type: 'integer', default: 1 })
  count: number;

  @Column({ type: 'timestamptz', name: 'resolved_at', precision: 3, nullable: true })
  resolvedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'probe_at', precision: 3, nullable: true })
  probeAt: Date | null;
}
