import { Books } from './books/books.js';
import { noJournal, openJournal } from './books/journal.js';
import { addTenant, completeBooks, seedBooks } from './books/new-tenant.js';
import { createClock, type SandboxClock } from './clock.js';
import { createSampleCrm, type SampleCrm } from './crm/index.js';
import { type AuthorizePage, createAuthorizePage } from './identity/authorize-page.js';
import { type AuthorizationCodes, createCodes } from './identity/codes.js';
import { CallLog } from './traffic/call-log.js';
import { FaultPlan } from './traffic/faults.js';
import { IdempotencyStore } from './traffic/idempotency.js';
import { LimitGate } from './traffic/limits.js';
import { Webhooks } from './webhooks/webhooks.js';

/** All parts of a running sandbox. */
export interface Sandbox {
  readonly clock: SandboxClock;
  readonly books: Books;
  readonly codes: AuthorizationCodes;
  readonly authorizePage: AuthorizePage;
  readonly gate: LimitGate;
  readonly faults: FaultPlan;
  readonly idempotency: IdempotencyStore;
  readonly log: CallLog;
  readonly crm: SampleCrm;
  readonly webhooks: Webhooks;
}

/** What a reset leaves as it is. */
export interface ResetOptions {
  /** Apps, consents and the (emptied) organisations stay, so that a connected client stays connected. */
  readonly keepConnections?: boolean | undefined;
  /** The sample CRM stays as it is. */
  readonly keepCrm?: boolean | undefined;
}

/** Opens the sandbox with the books that `dataDir` keeps, or with fresh ones. */
export function openSandbox(dataDir: string | null): Sandbox {
  const clock = createClock();
  const books = new Books(clock, dataDir === null ? noJournal : openJournal(dataDir));
  const kept = books.load();
  books.transact(() => (kept ? completeBooks(books) : seedBooks(books)));
  clock.setOffset(books.settings.get(CLOCK)?.value ?? 0);
  const codes = createCodes(clock);
  return {
    clock,
    books,
    codes,
    authorizePage: createAuthorizePage(books, codes),
    gate: new LimitGate(clock),
    faults: new FaultPlan(),
    idempotency: new IdempotencyStore(clock),
    log: new CallLog(),
    webhooks: new Webhooks(clock, books),
    crm: createSampleCrm({ clock: { now: () => new Date(clock.now()) }, dataDir }),
  };
}

const CLOCK = 'clock';

/** Moves the clock and keeps how far it is ahead; resolves when the webhooks that became due were sent. */
export async function advanceClock({ clock, books, webhooks }: Sandbox, ms: number): Promise<void> {
  clock.advance(ms);
  books.transact(() => books.settings.put({ id: CLOCK, updatedAt: books.stamp(), value: clock.offset() }));
  await webhooks.catchUp();
}

/** Sets everything back to the first start. */
export function resetSandbox(sandbox: Sandbox, { keepConnections, keepCrm }: ResetOptions): void {
  const { books, clock, gate, faults, idempotency, log, crm, webhooks } = sandbox;
  const organisations = keepConnections ? books.organisationsByAge() : [];
  clock.setOffset(0);
  books.clear(new Set(keepConnections ? ['apps', 'authorizations', 'connections', 'webhooks'] : []));
  books.transact(() => {
    seedBooks(books);
    for (const one of organisations) if (!books.organisations.get(one.id)) addTenant(books, one);
  });
  gate.reset();
  faults.set([]);
  idempotency.clear();
  log.clear();
  webhooks.restart();
  if (!keepCrm) crm.reset();
}
