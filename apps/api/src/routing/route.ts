import type { ApiKeyIdentity, ApiKeyKind } from '@sync/engine';
import { z } from 'zod';
import { faultsOf } from '../http/faults.js';
import { notFound, Problem } from '../http/problem.js';

/** A request as it came in, before any of it was checked. */
export interface RawRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly key: ApiKeyIdentity;
  /** Work that must not hold up the answer, such as rings; its errors are logged. */
  readonly afterAnswer: (work: () => Promise<unknown>) => void;
}

/** A machine route: what serves it and what describes it are the same thing. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** In the form of OpenAPI: `/v1/runs/{runId}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** The kinds of key that may use it. */
  readonly kinds: readonly ApiKeyKind[];
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** Null: the route takes no body. */
  readonly body: z.ZodType | null;
  /** Describes the body where it is checked in another way than as a whole. */
  readonly describedBody?: z.ZodType;
  readonly status: 200 | 201 | 202 | 204;
  readonly response: z.ZodType;
  readonly handle: (request: RawRequest) => Promise<unknown>;
}

const nothing = z.strictObject({});

/** A request of which every part has been checked. */
export interface CheckedRequest<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  readonly key: ApiKeyIdentity;
  readonly afterAnswer: RawRequest['afterAnswer'];
}

/** How a route is declared; parts that are left out are empty, and then nothing may be sent in them. */
export interface RouteDefinition<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  R extends z.ZodType,
> extends Pick<
    Route,
    'method' | 'path' | 'tag' | 'summary' | 'description' | 'kinds' | 'describedBody' | 'status'
  > {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: R;
  readonly handle: (request: CheckedRequest<P, Q, B>) => Promise<z.input<R>>;
}

function checked<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = faultsOf(result.error);
  const first = errors[0] ?? { path: '', detail: 'is not valid' };
  const place = first.path === '' ? `the ${where}` : `${first.path} (${where})`;
  throw new Problem('INVALID_REQUEST', `${place}: ${first.detail}`, { errors });
}

/** What cannot be an id of ours does not exist. */
function checkedPath<S extends z.ZodObject>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (!result.success) throw notFound('address');
  return result.data;
}

/** Declares a route. Its handler sees only what its schemas let through. */
export function route<
  P extends z.ZodObject = typeof nothing,
  Q extends z.ZodObject = typeof nothing,
  B extends z.ZodType = typeof nothing,
  R extends z.ZodType = z.ZodType,
>(definition: RouteDefinition<P, Q, B, R>): Route {
  const { handle, ...others } = definition;
  // A part that was left out is `nothing`, which is then also what its type parameter stands for.
  const params = definition.params ?? (nothing as z.ZodObject as P);
  const query = definition.query ?? (nothing as z.ZodObject as Q);
  const body = definition.body ?? (nothing as z.ZodType as B);
  return {
    ...others,
    params,
    query,
    body: definition.body ?? null,
    handle: async (raw) =>
      handle({
        params: checkedPath(params, raw.params),
        query: checked(query, raw.query, 'query'),
        body: checked(body, raw.body ?? {}, 'body'),
        key: raw.key,
        afterAnswer: raw.afterAnswer,
      }),
  };
}
