import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A record of which a webhook of Xero said that it changed. */
@Entity('xero_webhook')
export class XeroWebhookTable {
  @PrimaryColumn({ type: 'uuid', name: 'connection_id' })
  connectionId: string;

  @PrimaryColumn({ type: 'text' })
  category: string;

  @PrimaryColumn({ type: 'text', name: 'resource_id' })
  resourceId: string;

  @Column({ type: 'timestamptz', name: 'event_at', precision: 3, nullable: true })
  eventAt: Date | null;

  @Column({ type: 'timestamptz', name: 'received_at', precision: 3 })
  receivedAt: Date;

  @Column({ type: 'integer', default: 1 })
  received: number;

  @Column({ type: 'timestamptz', name: 'due_at', precision: 3 })
  dueAt: Date;
}

/** When a connection last had a webhook of a category: where there are some, listings need not be as frequent. */
@Entity('xero_webhook_source')
export class XeroWebhookSourceTable {
  @PrimaryColumn({ type: 'uuid', name: 'connection_id' })
  connectionId: string;

  @PrimaryColumn({ type: 'text' })
  category: string;

  @Column({ type: 'timestamptz', name: 'last_at', precision: 3 })
  lastAt: Date;
}

/** A write into the CRM, stored before it is made; deleted once it is settled. */
@Entity('crm_write')
export class CrmWriteTable {
  @PrimaryColumn({ type: 'uuid', name: 'binding_id' })
  bindingId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text' })
  entity: string;

  @Column({ type: 'text' })
  key: string;

  @Column({ type: 'jsonb' })
  intent: unknown;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}

/** A field that was changed on both sides, with both values, and what a person chose. */
@Entity('conflict')
export class ConflictTable {
  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn({ type: 'uuid', name: 'binding_id' })
  bindingId: string;

  @PrimaryColumn({ type: 'text' })
  field: string;

  @Column({ type: 'jsonb', name: 'crm_value' })
  crmValue: unknown;

  @Column({ type: 'jsonb', name: 'xero_value' })
  xeroValue: unknown;

  @Column({ type: 'timestamptz', name: 'crm_seen_at', precision: 3, nullable: true })
  crmSeenAt: Date | null;

  @Column({ type: 'timestamptz', name: 'xero_updated_at', precision: 3, nullable: true })
  xeroUpdatedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  choice: string | null;

  @Column({ type: 'timestamptz', name: 'opened_at', precision: 3 })
  openedAt: Date;

  @Column({ type: 'timestamptz', name: 'chosen_at', precision: 3, nullable: true })
  chosenAt: Date | null;
}

/** A void, a deletion or a change of an amount, for the brake that holds many of them. */
@Entity('grave_change')
export class GraveChangeTable {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn({ type: 'uuid', name: 'binding_id' })
  bindingId: string;

  @Column({ type: 'text' })
  entity: string;

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date;
}

/** A grave change that the brake holds. */
@Entity('held_change')
export class HeldChangeTable {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn({ type: 'uuid', name: 'binding_id' })
  bindingId: string;

  @Column({ type: 'text' })
  entity: string;

  @Column({ type: 'text' })
  effect: string;

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date;
}

/** Until when a person let grave changes through. */
@Entity('brake_release')
export class BrakeReleaseTable {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'timestamptz', precision: 3 })
  until: Date;
}
