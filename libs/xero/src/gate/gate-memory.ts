import type { Extra } from './turn.js';

/** What was learnt about an app in this process: it outlives the sessions of single tenants. */
export interface AppMemory {
  /** In milliseconds of the clock. */
  slowUntil: number;
}

/** What Xero's headers told about a tenant. */
export interface GateMemory {
  minuteExtra: Extra | null;
  dayExtra: Extra | null;
  app: AppMemory;
}

/** Remembers for as long as the process lives. */
export function createGateMemories(): (connectionId: string, clientId: string) => GateMemory {
  const apps = new Map<string, AppMemory>();
  const tenants = new Map<string, GateMemory>();
  return (connectionId, clientId) => {
    const app = apps.get(clientId) ?? { slowUntil: 0 };
    apps.set(clientId, app);
    const tenant = tenants.get(connectionId) ?? { minuteExtra: null, dayExtra: null, app };
    tenants.set(connectionId, tenant);
    return tenant;
  };
}
