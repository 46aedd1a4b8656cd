/** Where the adapter reports what an operator must see; pino fits. Fields hold no secret and no personal data. */
export interface XeroLog {
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** A call that was made, or tried. */
export interface ObservedCall {
  connectionId: string;
  method: string;
  /** The resource, such as `Invoices`. */
  resource: string;
  lane: string;
  /** Null: no answer came. */
  status: number | null;
  /** At the gate, in milliseconds. */
  waitedMs: number;
  /** From the first byte sent to the last byte read, in milliseconds. */
  tookMs: number;
}

/** Where calls are counted. */
export interface XeroMetrics {
  called(call: ObservedCall): void;
}
