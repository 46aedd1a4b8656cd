import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** What is counted, on a registry of its own. Labels are our own words: no ids, so that series stay few. */
export interface Metrics {
  readonly registry: Registry;
  /** Settled operations, by entity and outcome (`create`, `update`, `unchanged`, `parked` …). */
  readonly operations: Counter<'entity' | 'outcome'>;
  /** Calls to Xero, by method, resource (`Invoices`) and status (`none` where no answer came). */
  readonly xeroCalls: Counter<'method' | 'resource' | 'status'>;
  /** Seconds that a call waited for room at the rate gate, by lane. */
  readonly gateWait: Histogram<'lane'>;
  /** Seconds that a drain took, by entity and result (`drained`, `joined`, `nothing`, `paused`, `lease-lost`, `failed`). */
  readonly drains: Histogram<'entity' | 'result'>;
  /** Seconds that an HTTP request took, by method, route and status. */
  readonly requests: Histogram<'method' | 'route' | 'status'>;
}

/** How metrics are made. */
export interface MetricsOptions {
  /** Also memory, event loop and garbage collection of this process; default true. Specs leave it out. */
  readonly ofProcess?: boolean;
}

/** New metrics, all at zero. */
export function createMetrics({ ofProcess = true }: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });
  return {
    registry,
    operations: new Counter({
      name: 'sync_operations_total',
      help: 'Settled operations',
      labelNames: ['entity', 'outcome'],
      registers,
    }),
    xeroCalls: new Counter({
      name: 'sync_xero_calls_total',
      help: 'Calls to Xero',
      labelNames: ['method', 'resource', 'status'],
      registers,
    }),
    gateWait: new Histogram({
      name: 'sync_gate_wait_seconds',
      help: 'Time that calls to Xero waited for room at the rate gate',
      labelNames: ['lane'],
      buckets: [0.01, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120],
      registers,
    }),
    drains: new Histogram({
      name: 'sync_drain_seconds',
      help: 'Duration of drains',
      labelNames: ['entity', 'result'],
      buckets: [0.05, 0.2, 0.5, 1, 2, 5, 10, 20, 60],
      registers,
    }),
    requests: new Histogram({
      name: 'sync_http_request_seconds',
      help: 'Duration of HTTP requests',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
  };
}
