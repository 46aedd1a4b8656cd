/** Every problem that the API answers with, by its stable code. */
export const problems = {
  MALFORMED_JSON: { status: 400, title: 'The body is not JSON' },
  INVALID_REQUEST: { status: 400, title: 'The request does not have the agreed form' },
  NOTHING_ACCEPTED: { status: 400, title: 'None of the events could be accepted' },
  DRY_RUN_NOT_AVAILABLE: { status: 400, title: 'Dry runs are not available' },
  ENTITY_OFF: { status: 400, title: 'The entity is switched off' },
  NOT_CONNECTED: { status: 400, title: 'No such connection' },
  MAPPINGS_NOT_READY: { status: 409, title: 'Nothing to choose or confirm yet' },
  TENANT_TAKEN: { status: 409, title: 'The Xero organisation is in use' },
  CRM_NOT_SHARED: { status: 409, title: 'The CRM connection is in use' },
  OTHER_KIND: { status: 409, title: 'A CRM of another kind' },
  MAPPING_INVALID: { status: 400, title: 'The mapping does not fit' },
  UNAUTHENTICATED: { status: 401, title: 'No valid API key' },
  NOT_SIGNED: { status: 401, title: 'Not signed by Xero' },
  FORBIDDEN: { status: 403, title: 'This API key may not do that' },
  CROSS_SITE: { status: 403, title: 'The request comes from another site' },
  ACTION_OFF: { status: 403, title: 'This action is switched off' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  WEBHOOKS_NOT_SET_UP: { status: 404, title: 'Webhooks are not set up' },
  CONFLICT: { status: 409, title: 'Not possible in this state' },
  CONFLICT_CHANGED: { status: 409, title: 'The values of the conflict have changed' },
  REFERENCE_NOT_READ: { status: 409, title: 'The chart of accounts has not been read yet' },
  TOO_LARGE: { status: 413, title: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The body is not declared as JSON' },
  XERO_REFUSED: { status: 422, title: 'Xero refused the connection' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  INTERNAL: { status: 500, title: 'Something went wrong that should not' },
  UNAVAILABLE: { status: 503, title: 'The service cannot work right now' },
} as const satisfies Record<string, { status: number; title: string }>;

/** The stable code of a problem. */
export type ProblemCode = keyof typeof problems;

/** A problem that a request ends with: what is wrong, where, and what to do. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  /** Further members of the problem document. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: ProblemCode, detail: string, members: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.code = code;
    this.status = problems[code].status;
    this.members = members;
  }

  /** The document of RFC 9457. */
  document(correlationId: string | undefined): Record<string, unknown> {
    const { title, status } = problems[this.code];
    return {
      type: 'about:blank',
      title,
      status,
      detail: this.message,
      code: this.code,
      correlationId,
      ...this.members,
    };
  }
}

/** What answers for a record, run or organization that does not exist, or that belongs to somebody else. */
export function notFound(what: string): Problem {
  return new Problem(
    'NOT_FOUND',
    `There is no such ${what} here; check the id and that the API key belongs to it`,
  );
}
