/** What Xero's webhooks tell of; only these three are read by id. */
export type WebhookCategory = 'CONTACT' | 'INVOICE' | 'CREDITNOTE';

/** An event of a webhook whose signature was found right: that a record may have changed, nothing more. */
export interface XeroWebhookEvent {
  tenantId: string;
  /** As Xero names it; what is none of `WebhookCategory` is taken note of only. */
  category: string;
  resourceId: string;
  /** Xero's clock; null where it does not say. */
  at: Date | null;
}

/** A record of which a webhook told, as taken out of the inbox. */
export interface WebhookNotice {
  category: WebhookCategory;
  resourceId: string;
  /** How often it was told of; told again while it is read, it stays in the inbox. */
  received: number;
}

/** The inbox of Xero's webhooks: one row for each record, however often Xero tells. */
export interface WebhookStore {
  /**
   * Commits the events before it resolves, so that 200 may be answered. `clientId` is the app that they came to.
   * Events of tenants that nobody connected are dropped. Returns how many were taken in.
   */
  receive(clientId: string, events: readonly XeroWebhookEvent[]): Promise<number>;
  /**
   * Once a record of a category has been due for reading, up to `limit` of all that were told of; each is put off for a
   * minute, in case the reader dies. A record is due a few seconds after it was first told of, so that a burst is read in
   * few calls.
   */
  take(connectionId: string, category: WebhookCategory, limit: number): Promise<WebhookNotice[]>;
  /** They were read. */
  done(connectionId: string, notices: readonly WebhookNotice[]): Promise<void>;
  /** When a category was last heard of; null: never. */
  lastHeard(connectionId: string, category: WebhookCategory): Promise<Date | null>;
}
