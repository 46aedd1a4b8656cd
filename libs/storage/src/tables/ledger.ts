import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A live row of the backlog; one for each binding at most. */
@Entity('sync_operation')
export class SyncOperationTable {
  @PrimaryColumn({ type: 'uuid', name: 'binding_id' })
  bindingId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text' })
  entity: string;

  @Column({ type: 'text' })
  lane: string;

  @Column({ type: 'text' })
  state: string;

  @Column({ type: 'timestamptz', name: 'due_at', precision: 3 })
  dueAt: Date;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'text', name: 'claim_id', nullable: true })
  claimId: string | null;

  @Column({ type: 'integer', name: 'claim_fence', nullable: true })
  claimFence: number | null;

  @Column({ type: 'timestamptz', name: 'claimed_at', precision: 3, nullable: true })
  claimedAt: Date | null;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ type: 'boolean', name: 'looked_again', default: false })
  lookedAgain: boolean;

  @Column({ type: 'boolean', name: 'wanted_elsewhere', default: true })
  wantedElsewhere: boolean;

  @Column({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  position: string;

  @Column({ type: 'timestamptz', name: 'crm_hinted_at', precision: 3, nullable: true })
  crmHintedAt: Date | null;

  @Column({ type: 'text', name: 'refused_hash', nullable: true })
  refusedHash: string | null;

  @Column({ type: 'text', name: 'refused_on', array: true, nullable: true })
  refusedOn: string[] | null;

  @Column({ type: 'timestamptz', name: 'refused_at', precision: 3, nullable: true })
  refusedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}

/** An operation that waits for a parent, by binding ids. */
@Entity('operation_wait')
export class OperationWaitTable {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn({ type: 'uuid', name: 'binding_id' })
  bindingId: string;

  @PrimaryColumn({ type: 'uuid', name: 'parent_id' })
  parentId: string;
}

/** A writing call, stored before it is sent; deleted once it is settled. */
@Entity('write_batch')
export class WriteBatchTable {
  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'uuid', name: 'connection_id' })
  connectionId: string;

  @Column({ type: 'integer' })
  fence: number;

  @Column({ type: 'text' })
  entity: string;

  @Column({ type: 'text' })
  action: string;

  @Column({ type: 'text' })
  lane: string;

  @Column({ type: 'text' })
  method: string;

  @Column({ type: 'text' })
  path: string;

  @Column({ type: 'bytea' })
  body: Buffer;

  @Column({ type: 'text', name: 'idempotency_key', nullable: true })
  idempotencyKey: string | null;

  @Column({ type: 'jsonb' })
  members: unknown;

  @Column({ type: 'timestamptz', name: 'first_sent_at', precision: 3, nullable: true })
  firstSentAt: Date | null;

  @Column({ type: 'timestamptz', name: 'quiet_until', precision: 3, nullable: true })
  quietUntil: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}

/** How far an entity of the CRM has been read, and who reads now. */
@Entity('checkpoint')
export class CheckpointTable {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn({ type: 'text' })
  entity: string;

  @Column({ type: 'text', nullable: true })
  cursor: string | null;

  @Column({ type: 'integer', default: 0 })
  version: number;

  @Column({ type: 'timestamptz', name: 'last_full_at', precision: 3, nullable: true })
  lastFullAt: Date | null;

  @Column({ type: 'timestamptz', name: 'last_deep_at', precision: 3, nullable: true })
  lastDeepAt: Date | null;

  @Column({ type: 'timestamptz', name: 'listed_at', precision: 3, nullable: true })
  listedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'next_at', precision: 3, nullable: true })
  nextAt: Date | null;

  @Column({ type: 'text', nullable: true })
  holder: string | null;

  @Column({ type: 'timestamptz', name: 'holder_expires_at', precision: 3, nullable: true })
  holderExpiresAt: Date | null;
}
