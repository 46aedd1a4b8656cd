/** A Xero app whose webhooks have an address of their own. */
export interface XeroAppView {
  /** Part of the address: `/webhooks/xero/{appId}`. */
  appId: string;
  clientId: string;
}

/** The Xero apps that tell of changes, besides the configured one. Their keys are encrypted at rest and never shown. */
export interface XeroAppStore {
  /** Keeps the key of an app's webhooks. An app that is known keeps its address and gets this key. */
  save(app: { clientId: string; webhookKey: string }): Promise<XeroAppView>;
  list(): Promise<XeroAppView[]>;
  /** Null: there is no such app. */
  find(appId: string): Promise<{ clientId: string; webhookKey: string } | null>;
}
