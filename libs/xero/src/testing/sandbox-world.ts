import { randomUUID } from 'node:crypto';
import type { CanonicalRecord, Entity, Json } from '@sync/domain';
import type {
  BatchMember,
  MemberResult,
  References,
  XeroConnection,
  XeroPort,
  XeroSession,
} from '@sync/engine';
import { DEFAULT_APP, type RunningSandbox, startSandbox } from '@sync/sandbox';
import { z } from 'zod';
import { createTokenSource, createXero, createXeroOAuth, type XeroOAuth } from '../index.js';
import { MemoryCallLog, MemoryVault, systemClock } from './memory-stores.js';

/** The adapter in front of a stand-in Xero of its own. */
export interface World {
  sandbox: RunningSandbox;
  oauth: XeroOAuth;
  vault: MemoryVault;
  callLog: MemoryCallLog;
  xero: XeroPort;
  connection: XeroConnection;
  session: XeroSession;
  control: (path: string, body: Json) => Promise<unknown>;
}

/** Starts a stand-in Xero, with a consent given, and opens its organisation. */
export async function startWorld(): Promise<World> {
  const sandbox = await startSandbox({ port: 0 });
  const { url } = sandbox;
  const control = async (path: string, body: Json): Promise<unknown> => {
    const answer = await fetch(`${url}/_sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  };
  const oauth = createXeroOAuth({ identityUrl: url, loginUrl: url, apiUrl: url, clock: systemClock });
  const app = { clientId: DEFAULT_APP.clientId, clientSecret: DEFAULT_APP.secret };
  const granted = z
    .object({ access_token: z.string(), refresh_token: z.string() })
    .parse(await control('authorize', {}));
  const vault = new MemoryVault(
    {
      accessToken: granted.access_token,
      refreshToken: granted.refresh_token,
      accessExpiresAt: new Date(Date.now() + 1_800_000),
    },
    app,
  );
  const [tenant] = await oauth.connections(granted.access_token);
  if (tenant === undefined) throw new Error('the sandbox has no organisation');
  const callLog = new MemoryCallLog();
  const tokens = createTokenSource({ vault, oauth, clock: systemClock });
  const xero = createXero({ apiUrl: url, callLog, tokens, clock: systemClock });
  const connection: XeroConnection = {
    id: 'connection-1',
    authorizationId: 'authorization-1',
    clientId: app.clientId,
    tenantId: tenant.tenantId,
    tenantName: tenant.tenantName ?? '',
    dayLimit: 5_000,
  };
  const session = await xero.open(connection, () => undefined, new AbortController().signal);
  return { sandbox, oauth, vault, callLog, xero, connection, session, control };
}

/** A call that was made, with what became of each of its members. */
export interface Sent {
  results: MemberResult[];
  members: BatchMember[];
}

/** Encodes, composes and writes records as one create, as the engine does. */
export async function create<E extends Entity>(
  world: World,
  entity: E,
  records: readonly CanonicalRecord<E>[],
  references: References,
  batchId: string = randomUUID(),
  members: BatchMember[] = records.map(() => memberOf()),
): Promise<Sent> {
  const elements = records.map((record, index) => {
    const result = world.xero.encode<E>({
      entity,
      action: 'create',
      record,
      marker: members[index]?.marker ?? '',
      xeroId: null,
      changed: null,
      distinctName: false,
      references,
    });
    if (!result.ok) throw new Error(`parked with ${result.code} ${JSON.stringify(result.meta)}`);
    return result.element;
  });
  const [call] = world.xero.compose({ entity, action: 'create', elements });
  if (call === undefined) throw new Error('nothing to send');
  const results = await world.session.write({
    call: { ...call, entity, idempotencyKey: world.xero.idempotencyKey(world.connection, batchId) },
    members,
    lane: 'event',
    beforeSending: async () => undefined,
  });
  return { results, members };
}

/** A member for a new record; its binding's id is its marker. */
export function memberOf(): BatchMember {
  const id = randomUUID();
  return { bindingId: id, marker: id, naturalKey: null, xeroId: null };
}

/** The Xero id of a record that was accepted. */
export function idOf(result: MemberResult | undefined): string {
  if (result?.state !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
  return result.record.xeroId;
}
