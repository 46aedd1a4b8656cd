import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A pair of records, with what was last agreed of each side; a stub while only one side is known. */
@Entity('binding')
export class BindingTable {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text' })
  entity: string;

  @Column({ type: 'text', default: 'main' })
  role: string;

  @Column({ type: 'text', name: 'crm_id', nullable: true })
  crmId: string | null;

  @Column({ type: 'text', name: 'xero_id', nullable: true })
  xeroId: string | null;

  @Column({ type: 'integer', default: 1 })
  generation: number;

  @Column({ type: 'text' })
  status: string;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'text', nullable: true })
  label: string | null;

  @Column({ type: 'jsonb', name: 'crm_snapshot', nullable: true })
  crmSnapshot: unknown;

  @Column({ type: 'text', name: 'crm_hash', nullable: true })
  crmHash: string | null;

  @Column({ type: 'jsonb', name: 'xero_snapshot', nullable: true })
  xeroSnapshot: unknown;

  @Column({ type: 'text', name: 'xero_hash', nullable: true })
  xeroHash: string | null;

  @Column({ type: 'integer', name: 'codec_version', default: 0 })
  codecVersion: number;

  @Column({ type: 'text', name: 'birth_mark', nullable: true })
  birthMark: string | null;

  @Column({ type: 'jsonb', name: 'xero_derived', nullable: true })
  xeroDerived: unknown;

  @Column({ type: 'timestamptz', name: 'xero_updated_at', precision: 3, nullable: true })
  xeroUpdatedAt: Date | null;

  @Column({ type: 'integer', name: 'xero_codec_version', default: 0 })
  xeroCodecVersion: number;

  @Column({ type: 'integer', name: 'crm_writes', default: 0 })
  crmWrites: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt: Date;
}

/** A record of Xero, by what it can be recognised. */
@Entity('xero_identity')
export class XeroIdentityTable {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn({ type: 'text' })
  entity: string;

  @PrimaryColumn({ type: 'text', name: 'xero_id' })
  xeroId: string;

  @Column({ type: 'text', nullable: true })
  marker: string | null;

  @Column({ type: 'text', nullable: true })
  number: string | null;

  @Column({ type: 'text', nullable: true })
  name: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', name: 'tax_number', nullable: true })
  taxNumber: string | null;

  @Column({ type: 'text', name: 'parent_xero_id', nullable: true })
  parentXeroId: string | null;

  @Column({ type: 'text', nullable: true })
  currency: string | null;

  @Column({ type: 'date', nullable: true })
  date: string | null;

  @Column({ type: 'text', nullable: true })
  total: string | null;

  @Column({ type: 'boolean' })
  live: boolean;

  @Column({ type: 'jsonb' })
  derived: unknown;

  @Column({ type: 'jsonb' })
  owned: unknown;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, nullable: true })
  updatedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'seen_at', precision: 3, nullable: true })
  seenAt: Date | null;

  @Column({ type: 'integer', name: 'codec_version', default: 1 })
  codecVersion: number;
}

/** How far a kind of record has been read from Xero, and when it is to be read next. */
@Entity('xero_checkpoint')
export class XeroCheckpointTable {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn({ type: 'text' })
  entity: string;

  @Column({ type: 'timestamptz', name: 'fresh_as_of', precision: 3, nullable: true })
  freshAsOf: Date | null;

  @Column({ type: 'timestamptz', name: 'full_at', precision: 3, nullable: true })
  fullAt: Date | null;

  @Column({ type: 'timestamptz', name: 'next_at', precision: 3, nullable: true })
  nextAt: Date | null;

  @Column({ type: 'boolean', default: false })
  wanted: boolean;

  @Column({ type: 'integer', name: 'near_misses', default: 0 })
  nearMisses: number;

  @Column({ type: 'timestamptz', name: 'near_miss_at', precision: 3, nullable: true })
  nearMissAt: Date | null;

  @Column({ type: 'timestamptz', name: 'pull_from', precision: 3, nullable: true })
  pullFrom: Date | null;

  @Column({ type: 'jsonb', nullable: true })
  reading: unknown;
}
