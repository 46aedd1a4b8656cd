import type { SandboxClock } from '../clock.js';
import { type Change, Collection } from './collection.js';
import type { Entry, Journal } from './journal.js';
import { raised } from './older-books.js';
import type { App, Authorization, Connection, Organisation, Setting, Stamped, Webhook } from './records.js';
import { openTenant, type Tenant } from './tenant.js';

export { nameKey, type Tenant } from './tenant.js';

type Note = (change: Change) => void;
/** Who is told what a transaction changed, in the order in which it changed. */
export type Watcher = (changes: readonly Change[]) => void;
type Kept = Pick<Collection<Stamped>, 'scope' | 'kind' | 'inOrder' | 'restore'>;

/** Everything that the sandbox keeps. All changes happen inside `transact`. */
export class Books {
  readonly organisations: Collection<Organisation>;
  readonly apps: Collection<App>;
  readonly authorizations: Collection<Authorization>;
  readonly connections: Collection<Connection>;
  readonly settings: Collection<Setting>;
  readonly webhooks: Collection<Webhook>;
  private readonly tenants = new Map<string, Tenant>();
  private readonly watchers: Watcher[] = [];
  private changes: Change[] | null = null;
  private lastStamp = 0;

  constructor(
    private readonly clock: SandboxClock,
    private readonly journal: Journal,
  ) {
    const note: Note = (change) => this.note(change);
    const global = { scope: '', note };
    this.organisations = new Collection<Organisation>({ ...global, kind: 'organisations' });
    this.apps = new Collection<App>({ ...global, kind: 'apps' });
    this.settings = new Collection<Setting>({ ...global, kind: 'settings' });
    this.webhooks = new Collection<Webhook>({ ...global, kind: 'webhooks' });
    this.connections = new Collection<Connection>({
      ...global,
      kind: 'connections',
      keys: { user: userKey },
    });
    this.authorizations = new Collection<Authorization>({
      ...global,
      kind: 'authorizations',
      keys: { refresh: (row) => row.refreshToken, previous: (row) => row.previousToken, user: userKey },
    });
  }

  /** The time of a change, ms: never earlier than the last one, so that the order of changes is the order of stamps. */
  stamp(): number {
    this.lastStamp = Math.max(this.clock.now(), this.lastStamp);
    return this.lastStamp;
  }

  /** The books of an organisation, opened on first use. */
  tenant(id: string): Tenant {
    let tenant = this.tenants.get(id);
    if (!tenant) {
      tenant = openTenant(id, (change) => this.note(change));
      this.tenants.set(id, tenant);
    }
    return tenant;
  }

  /** The organisation of these books; throws when there is none, which is a defect of the sandbox. */
  organisation(tenantId: string): Organisation {
    const organisation = this.organisations.get(tenantId);
    if (!organisation) throw new Error(`The sandbox has no organisation ${tenantId}.`);
    return organisation;
  }

  /** All organisations, oldest first; the first is the one that is meant where none is named. */
  organisationsByAge(): Organisation[] {
    return [...this.organisations.inOrder()].sort((a, b) => a.createdAt - b.createdAt);
  }

  /** Runs `work` all or nothing, and keeps what it changed before it returns. Inside another one it is a savepoint. */
  transact<R>(work: () => R): R {
    const outer = this.changes;
    const changes = outer ?? [];
    const mark = changes.length;
    let result: R;
    this.changes = changes;
    try {
      result = work();
      if (!outer) this.keep(changes);
    } catch (error) {
      for (const change of changes.splice(mark).reverse())
        change.collection.restore(change.id, change.before);
      throw error;
    } finally {
      this.changes = outer;
    }
    if (!outer) for (const watch of this.watchers) watch(changes);
    return result;
  }

  /** Tells every committed change from now on. */
  watch(watcher: Watcher): void {
    this.watchers.push(watcher);
  }

  /** Reads what the journal kept; true when there was something. The journal is compacted on the way. */
  load(): boolean {
    const entries = this.journal.read();
    for (const [scope, kind, id, row] of entries) {
      this.collection(scope, kind).restore(id, row === null ? undefined : raised(kind, row));
      this.lastStamp = Math.max(this.lastStamp, row?.updatedAt ?? 0);
    }
    if (entries.length > 0) this.journal.rewrite(this.entries());
    return entries.length > 0;
  }

  /** Forgets everything that `keep` does not name. */
  clear(keep: ReadonlySet<string>): void {
    for (const collection of this.global()) if (!keep.has(collection.kind)) collection.clear();
    this.tenants.clear();
    this.lastStamp = 0;
    this.journal.rewrite(this.entries());
  }

  close(): void {
    this.journal.close();
  }

  private note(change: Change): void {
    if (!this.changes)
      throw new Error(`A change of ${change.kind} outside of a transaction would not be kept.`);
    this.changes.push(change);
  }

  private keep(changes: readonly Change[]): void {
    const last = new Map<string, Entry>();
    for (const { scope, kind, id, current } of changes) {
      last.set(`${scope}/${kind}/${id}`, [scope, kind, id, current()]);
    }
    if (last.size > 0) this.journal.append([...last.values()]);
  }

  private global() {
    const { organisations, apps, authorizations, connections, settings, webhooks } = this;
    return [organisations, apps, authorizations, connections, settings, webhooks];
  }

  private collection(scope: string, kind: string): Kept {
    const home = (scope === '' ? this : this.tenant(scope)) as unknown as Record<string, unknown>;
    const found = home[kind];
    if (found instanceof Collection) return found;
    throw new Error(`The sandbox's books name records of the unknown kind "${kind}".`);
  }

  private *entries(): Generator<Entry> {
    const collections: readonly Kept[] = [
      ...this.global(),
      ...[...this.tenants.values()].flatMap(({ id: _id, ...books }) => Object.values(books)),
    ];
    for (const each of collections) {
      for (const row of each.inOrder()) yield [each.scope, each.kind, row.id, row];
    }
  }
}

const userKey = (row: { clientId: string; userId: string }): string => `${row.clientId}/${row.userId}`;
