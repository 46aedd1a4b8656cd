import { hkdfSync } from 'node:crypto';
import { type Config, type ConfigByRole, ConfigError, type Role } from './config.js';
import type { EncryptionKeys } from './encryption-keys.js';
import { type Environment, environmentSchema, type Values, type VariableName } from './variables.js';

const required: Readonly<Record<Role, Partial<Record<VariableName, string>>>> = {
  api: needsOfService(),
  worker: needsOfService(),
  standalone: {},
  cli: {},
  sandbox: {},
};

function needsOfService() {
  return {
    DATABASE_URL: 'set it to a Postgres database, such as postgres://user:password@host:5432/crm_xero_sync',
    ENCRYPTION_KEYS: 'set it to id:key with a key from: openssl rand -base64 32',
  };
}

/** Pairs that make sense only together. */
const pairs: readonly (readonly [VariableName, VariableName])[] = [
  ['ADMIN_EMAIL', 'ADMIN_PASSWORD'],
  ['XERO_CLIENT_ID', 'XERO_CLIENT_SECRET'],
];

function isSet(env: Environment, name: VariableName): boolean {
  return (env[name] ?? '') !== '';
}

function missing(env: Environment, role: Role): string[] {
  const needs = Object.entries(required[role]) as [VariableName, string][];
  const absent = needs.filter(([name]) => !isSet(env, name));
  const halves = pairs.flatMap(([a, b]) => (isSet(env, a) === isSet(env, b) ? [] : [isSet(env, a) ? b : a]));
  return [
    ...absent.map(([name, advice]) => `${name} is required by the ${role}: ${advice}`),
    ...halves.map((name) => `${name} is missing: its other half is set; set both or neither`),
  ];
}

/**
 * Sessions are signed with a secret of their own. Deriving it from the first encryption key keeps one secret to look
 * after, and the same one in every process; HKDF's label keeps it apart from what encrypts.
 */
function derivedSecret([first]: EncryptionKeys): string {
  return Buffer.from(hkdfSync('sha256', first.key, '', 'session cookies', 32)).toString('base64');
}

/** Xero refuses a document whose Url contains its own name. */
function linkUrlOf(publicUrl: string | null): string | null {
  return publicUrl?.toLowerCase().includes('xero') ? null : publicUrl;
}

function warningsOf(values: Values, role: Role): string[] {
  const warnings: string[] = [];
  if (values.PUBLIC_URL !== null && linkUrlOf(values.PUBLIC_URL) === null) {
    warnings.push(
      `PUBLIC_URL contains "xero", and Xero refuses documents that link to such an address: the Reference of the ` +
        `documents carries the mark instead of a link; use a host name without that word to get links`,
    );
  }
  if (role === 'api' && values.ADMIN_EMAIL === null) {
    warnings.push('ADMIN_EMAIL and ADMIN_PASSWORD are not set: nobody can log in to /queues');
  }
  return warnings;
}

function xeroOf(values: Values): Config['xero'] {
  const { XERO_CLIENT_ID: clientId, XERO_CLIENT_SECRET: clientSecret } = values;
  return {
    app: clientId !== null && clientSecret !== null ? { clientId, clientSecret } : null,
    webhookKey: values.XERO_WEBHOOK_KEY,
    apiUrl: values.XERO_API_URL,
    identityUrl: values.XERO_IDENTITY_URL,
    loginUrl: values.XERO_LOGIN_URL,
  };
}

function workerMetricsOf({ WORKER_METRICS_HOST: host, WORKER_METRICS_PORT: port }: Values) {
  return port === null ? null : { host, port };
}

function assemble(values: Values, role: Role): Config {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password, ENCRYPTION_KEYS: encryptionKeys } = values;
  return {
    role,
    port: values.PORT,
    sandboxPort: values.SANDBOX_PORT ?? (values.PORT === 0 ? 0 : values.PORT + 1),
    sampleSize: values.SAMPLE_SIZE,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    publicUrl: values.PUBLIC_URL,
    linkUrl: linkUrlOf(values.PUBLIC_URL),
    encryptionKeys,
    sessionSecret: values.SESSION_SECRET ?? (encryptionKeys && derivedSecret(encryptionKeys)),
    admin: email !== null && password !== null ? { email, password } : null,
    logLevel: values.LOG_LEVEL,
    workerMetrics: workerMetricsOf(values),
    xero: xeroOf(values),
    xeroFactsDir: values.XERO_FACTS_DIR,
    warnings: warningsOf(values, role),
  };
}

/** Buffers cannot be frozen; the keys' list and entries are. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}

/** Reads the configuration of a role. Throws {@link ConfigError} with every problem that there is. */
export function readConfig<R extends Role>(env: Environment, role: R): ConfigByRole[R] {
  const parsed = environmentSchema.safeParse(env);
  const wrong = parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
  const problems = [...wrong, ...missing(env, role)];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  // What a role requires was checked above, which the compiler cannot see.
  return deepFreeze(assemble(parsed.data, role)) as ConfigByRole[R];
}

/** The environment of this process: the only place where it is read. */
export function processEnvironment(): Environment {
  return { ...process.env };
}
