import { z } from 'zod';
import { encryptionKeysSchema } from './encryption-keys.js';
import { hostName, origin, serverUrl, wholeNumber, xeroUrl } from './values.js';

/** One variable of the environment. */
interface Variable {
  readonly schema: z.ZodType<unknown, string>;
  /** What holds if it is not set. */
  readonly fallback?: string;
  /** For `.env.example`: what it is for and what happens without it. */
  readonly about: string;
}

const text = z.string();

/** Every variable of the environment, in the order of `.env.example`. */
export const variables = {
  PORT: {
    schema: wholeNumber(0, 65_534),
    fallback: '3000',
    about: 'Port of the API; 0 takes any free one.',
  },
  DATABASE_URL: {
    schema: serverUrl('postgres', 'postgresql'),
    about:
      'Postgres, such as postgres://user:password@host:5432/crm_xero_sync. Required by api and worker; `npm start` brings its own.',
  },
  REDIS_URL: {
    schema: serverUrl('redis', 'rediss'),
    about: 'Redis for the queues, with AOF and noeviction. Without it the queues live in Postgres.',
  },
  PUBLIC_URL: {
    schema: origin,
    about:
      'Where browsers reach the service, such as https://sync.example.com. Documents in Xero link to it. Xero refuses links that contain "xero"; with such an address, or none, the document\'s Reference carries the mark instead.',
  },
  ENCRYPTION_KEYS: {
    schema: encryptionKeysSchema,
    about:
      'id:key,… with keys of 32 bytes in base64 (openssl rand -base64 32). The first encrypts, all decrypt. Required by api and worker; `npm start` makes its own.',
  },
  SESSION_SECRET: {
    schema: text.min(32, 'must have at least 32 characters; make one with: openssl rand -base64 32'),
    about:
      'Signs the cookies of the admin pages; 32 characters or more. Without it, one is derived from the first encryption key.',
  },
  ADMIN_EMAIL: {
    schema: z.email('must be an e-mail address'),
    about: 'Who may log in to /queues. Without e-mail and password nobody can.',
  },
  ADMIN_PASSWORD: {
    schema: text.min(12, 'must have at least 12 characters'),
    about: 'The password of ADMIN_EMAIL; 12 characters or more.',
  },
  LOG_LEVEL: {
    schema: z.enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be one of fatal, error, warn, info, debug, trace, silent',
    ),
    fallback: 'info',
    about: 'fatal, error, warn, info, debug, trace or silent.',
  },
  WORKER_METRICS_PORT: {
    schema: wholeNumber(0, 65_535),
    about:
      'Port on which a worker serves its own /metrics: drains, records, calls to Xero. Without it a worker serves none; each worker of a machine needs a port of its own.',
  },
  WORKER_METRICS_HOST: {
    schema: hostName,
    fallback: '127.0.0.1',
    about:
      'Address on which a worker serves /metrics: this machine alone, unless told otherwise. It asks for no key, so never an address that strangers reach.',
  },
  XERO_CLIENT_ID: { schema: text, about: 'Client id of your Xero app (developer.xero.com/app/manage).' },
  XERO_CLIENT_SECRET: { schema: text, about: 'Client secret of the same app.' },
  XERO_WEBHOOK_KEY: { schema: text, about: "Signing key of that app's webhooks." },
  XERO_API_URL: {
    schema: xeroUrl,
    fallback: 'https://api.xero.com',
    about: "Xero's API; point it at the sandbox to try things out.",
  },
  XERO_IDENTITY_URL: {
    schema: xeroUrl,
    fallback: 'https://identity.xero.com',
    about: "Xero's token endpoint.",
  },
  XERO_LOGIN_URL: {
    schema: xeroUrl,
    fallback: 'https://login.xero.com',
    about: 'Where users give consent.',
  },
  SANDBOX_PORT: { schema: wholeNumber(0, 65_535), about: 'Port of the sandbox; PORT + 1 if not set.' },
  SAMPLE_SIZE: {
    schema: wholeNumber(1, 1_000_000),
    fallback: '1000',
    about: 'How many eligible invoices the sample CRM holds; everything else in proportion.',
  },
  XERO_FACTS_DIR: {
    schema: text,
    fallback: '../shared/xero',
    about: "Tests only: Xero's API description and recorded answers.",
  },
} as const satisfies Record<string, Variable>;

/** The name of a variable. */
export type VariableName = keyof typeof variables;

/** All names, in the order of `.env.example`. */
export const variableNames = Object.keys(variables) as readonly VariableName[];

/** What is read from the environment, by name; null where it is neither set nor has a fallback. */
export type Values = {
  [Name in VariableName]:
    | z.output<(typeof variables)[Name]['schema']>
    | ((typeof variables)[Name] extends { fallback: string } ? never : null);
};

function variableSchema({ schema, fallback }: Variable) {
  return z.preprocess(
    (value) => (value === undefined || value === '' ? (fallback ?? null) : value),
    schema.nullable(),
  );
}

const shape = Object.fromEntries(variableNames.map((name) => [name, variableSchema(variables[name])]));

/**
 * The environment. An empty variable counts as not set, since compose files pass on empty ones; names that are not
 * ours are ignored, since an environment is full of them. The cast names what `Object.fromEntries` forgets: which
 * schema stands under which name.
 */
export const environmentSchema = z.object(shape) as unknown as z.ZodType<Values, Environment>;

/** An environment, as Node hands it out. */
export type Environment = Readonly<Record<string, string | undefined>>;
