import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A tenant of Xero linked to a CRM connection, with its settings and cached reference data. */
@Entity('organization')
export class OrganizationTable {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'uuid', name: 'crm_connection_id' })
  crmConnectionId: string;

  @Column({ type: 'uuid', name: 'xero_connection_id' })
  xeroConnectionId: string;

  @Column({ type: 'jsonb' })
  settings: unknown;

  @Column({ type: 'timestamptz', name: 'mappings_confirmed_at', precision: 3, nullable: true })
  mappingsConfirmedAt: Date | null;

  @Column({ type: 'jsonb', nullable: true })
  reference: unknown;

  @Column({ type: 'timestamptz', name: 'reference_read_at', precision: 3, nullable: true })
  referenceReadAt: Date | null;

  @Column({ type: 'timestamptz', name: 'reference_asked_at', precision: 3, nullable: true })
  referenceAskedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}

/** What the CRM, or Xero for documents, has to choose from, as last read. */
@Entity('reference_copy')
export class ReferenceCopyTable {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn({ type: 'text' })
  kind: string;

  @Column({ type: 'jsonb' })
  data: unknown;

  @Column({ type: 'timestamptz', name: 'read_at', precision: 3 })
  readAt: Date;
}

/** What in the CRM, or which purpose, stands for what in Xero. */
@Entity('mapping')
export class MappingTable {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn({ type: 'text' })
  kind: string;

  @PrimaryColumn({ type: 'text' })
  key: string;

  @Column({ type: 'text' })
  label: string;

  @Column({ type: 'text', nullable: true })
  value: string | null;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt: Date;
}

/** A key of the API; only its SHA-256 is kept. */
@Entity('api_key')
export class ApiKeyTable {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'bytea', name: 'key_hash' })
  keyHash: Buffer;

  @Column({ type: 'uuid', name: 'organization_id', nullable: true })
  organizationId: string | null;

  @Column({ type: 'uuid', name: 'crm_connection_id', nullable: true })
  crmConnectionId: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3, nullable: true })
  lastUsedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true })
  revokedAt: Date | null;
}

/** A person's session at the API, in the form that connect-pg-simple expects. */
@Entity('session')
export class SessionTable {
  @PrimaryColumn({ type: 'varchar' })
  sid: string;

  @Column({ type: 'json' })
  sess: unknown;

  @Column({ type: 'timestamp', precision: 6 })
  expire: Date;
}
