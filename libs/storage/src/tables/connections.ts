import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A consent of a user of Xero: tokens and the app's secret, sealed. */
@Entity('xero_authorization')
export class XeroAuthorizationTable {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'text', name: 'client_id' })
  clientId: string;

  @Column({ type: 'text', name: 'client_secret' })
  clientSecret: string;

  @Column({ type: 'text', name: 'access_token' })
  accessToken: string;

  @Column({ type: 'text', name: 'refresh_token', nullable: true })
  refreshToken: string | null;

  @Column({ type: 'timestamptz', name: 'access_expires_at', precision: 3 })
  accessExpiresAt: Date;

  @Column({ type: 'text', default: 'active' })
  state: string;

  @Column({ type: 'text', name: 'state_reason', nullable: true })
  stateReason: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt: Date;
}

/** A Xero app besides the configured one, and the key of its webhooks, sealed. */
@Entity('xero_app')
export class XeroAppTable {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'text', name: 'client_id' })
  clientId: string;

  @Column({ type: 'text', name: 'webhook_key' })
  webhookKey: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}

/** A tenant that an authorization reaches, and the limits that Xero named for it. */
@Entity('xero_connection')
export class XeroConnectionTable {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'authorization_id' })
  authorizationId: string;

  @Column({ type: 'text', name: 'client_id' })
  clientId: string;

  @Column({ type: 'text', name: 'tenant_id' })
  tenantId: string;

  @Column({ type: 'text', name: 'tenant_name' })
  tenantName: string;

  @Column({ type: 'text', name: 'xero_connection_id' })
  xeroConnectionId: string;

  @Column({ type: 'integer', name: 'day_limit' })
  dayLimit: number;

  @Column({ type: 'timestamptz', name: 'minute_held_until', precision: 3, nullable: true })
  minuteHeldUntil: Date | null;

  @Column({ type: 'timestamptz', name: 'day_held_until', precision: 3, nullable: true })
  dayHeldUntil: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}

/** How a CRM is reached; `config` is sealed as a whole. */
@Entity('crm_connection')
export class CrmConnectionTable {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'text' })
  address: string;

  @Column({ type: 'text' })
  config: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}

/** Who may call a tenant now. */
@Entity('connection_lease')
export class ConnectionLeaseTable {
  @PrimaryColumn({ type: 'uuid', name: 'connection_id' })
  connectionId: string;

  @Column({ type: 'text' })
  holder: string;

  @Column({ type: 'integer' })
  fence: number;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt: Date;
}

/** A call to a tenant, written at the moment of sending. */
@Entity('connection_call')
export class ConnectionCallTable {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;

  @Column({ type: 'uuid', name: 'connection_id' })
  connectionId: string;

  @Column({ type: 'text' })
  method: string;

  @Column({ type: 'text' })
  path: string;

  @Column({ type: 'text' })
  lane: string;

  @Column({ type: 'timestamptz', name: 'sent_at', precision: 3 })
  sentAt: Date;

  @Column({ type: 'timestamptz', name: 'deadline_at', precision: 3 })
  deadlineAt: Date;

  @Column({ type: 'timestamptz', name: 'finished_at', precision: 3, nullable: true })
  finishedAt: Date | null;

  @Column({ type: 'integer', nullable: true })
  status: number | null;

  @Column({ type: 'text', name: 'correlation_id', nullable: true })
  correlationId: string | null;
}

/** The hash of a bucket of ids of a CRM table. */
@Entity('crm_fingerprint_bucket')
export class CrmFingerprintBucketTable {
  @PrimaryColumn({ type: 'uuid', name: 'crm_connection_id' })
  crmConnectionId: string;

  @PrimaryColumn({ type: 'text' })
  entity: string;

  @PrimaryColumn({ type: 'integer' })
  bucket: number;

  @Column({ type: 'text' })
  hash: string;
}

/** The hash of a record of a CRM table. */
@Entity('crm_fingerprint_record')
export class CrmFingerprintRecordTable {
  @PrimaryColumn({ type: 'uuid', name: 'crm_connection_id' })
  crmConnectionId: string;

  @PrimaryColumn({ type: 'text' })
  entity: string;

  @PrimaryColumn({ type: 'text', name: 'record_id' })
  recordId: string;

  @Column({ type: 'integer' })
  bucket: number;

  @Column({ type: 'text' })
  hash: string;
}
