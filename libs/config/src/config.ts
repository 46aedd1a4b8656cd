import type { EncryptionKeys } from './encryption-keys.js';

/** What a process is there for; it decides what must be configured. */
export type Role = 'api' | 'worker' | 'standalone' | 'cli' | 'sandbox';

/** The configuration of a process; deeply frozen. What is null is not configured. */
export interface Config {
  readonly role: Role;
  readonly port: number;
  readonly sandboxPort: number;
  /** Eligible invoices of the sample CRM. */
  readonly sampleSize: number;
  readonly databaseUrl: string | null;
  /** Null: the queues live in Postgres. */
  readonly redisUrl: string | null;
  /** Origin under which browsers reach the service, without a slash at its end. */
  readonly publicUrl: string | null;
  /**
   * The origin that may stand in documents of Xero: `publicUrl`, unless Xero would refuse it. Null: the marker goes
   * into the Reference.
   */
  readonly linkUrl: string | null;
  readonly encryptionKeys: EncryptionKeys | null;
  readonly sessionSecret: string | null;
  readonly admin: AdminLogin | null;
  readonly logLevel: LogLevel;
  /** Where a worker serves its figures; port 0 takes any free one. Null: nowhere. */
  readonly workerMetrics: ListenAddress | null;
  readonly xero: XeroConfig;
  /** Tests only. */
  readonly xeroFactsDir: string;
  /** What works but should be known, one sentence each; to be logged at the start. */
  readonly warnings: readonly string[];
}

/** How much is logged. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** What a server listens on. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Who may log in to the admin pages. */
export interface AdminLogin {
  readonly email: string;
  readonly password: string;
}

/** Where Xero is, and the app that organizations are connected with by default. */
export interface XeroConfig {
  readonly app: { readonly clientId: string; readonly clientSecret: string } | null;
  readonly webhookKey: string | null;
  /** Origins without a slash at the end. */
  readonly apiUrl: string;
  readonly identityUrl: string;
  readonly loginUrl: string;
}

/** What api and worker can rely on. */
export interface ServiceConfig extends Config {
  readonly databaseUrl: string;
  readonly encryptionKeys: EncryptionKeys;
}

/** What the api can rely on. */
export interface ApiConfig extends ServiceConfig {
  readonly sessionSecret: string;
}

/** What each role can rely on. */
export interface ConfigByRole {
  api: ApiConfig;
  worker: ServiceConfig;
  standalone: Config;
  cli: Config;
  sandbox: Config;
}

/** The environment cannot be used. The message lists every problem, each with what to do; it holds no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The environment cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}
