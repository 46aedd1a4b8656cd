import type { IssueView } from '@sync/engine';
import { waitUntil } from '@sync/testing';
import type { Stage } from './stage.js';

/** Nothing is under way or in doubt any more: no write batch is open, no record is pending or waits. */
export async function expectSettled({ service, organizationId }: Stage): Promise<void> {
  const { stores } = service.parts;
  const organization = await stores.organizations.load(organizationId);
  const open = await stores.batches.open(organization?.xeroConnection.id ?? '');
  expect(open.map(({ entity, members }) => ({ entity, members: members.length }))).toEqual([]);
  const summary = await service.storage.admin.summary(organizationId);
  const unsettled = Object.entries(summary).map(([entity, { pending, waiting }]) => [
    entity,
    { pending, waiting },
  ]);
  expect(Object.fromEntries(unsettled)).toEqual(
    Object.fromEntries(Object.keys(summary).map((entity) => [entity, { pending: 0, waiting: 0 }])),
  );
}

/** The open issues, oldest last. */
export async function openIssues({ service, organizationId }: Stage): Promise<IssueView[]> {
  const { items } = await service.storage.admin.issues({
    organizationId,
    open: true,
    code: null,
    scope: null,
    entity: null,
    recordId: null,
    cursor: null,
    limit: 100,
  });
  return items;
}

/** Waits until an issue with this code is open. */
export function issueOpened(stage: Stage, code: IssueView['code'], timeoutMs = 20_000): Promise<IssueView> {
  return waitUntil(async () => (await openIssues(stage)).find((issue) => issue.code === code), {
    timeoutMs,
    what: `the issue ${code} to open`,
  });
}

/** Waits until no issue with this code is open. */
export async function issueResolved(
  stage: Stage,
  code: IssueView['code'],
  timeoutMs = 20_000,
): Promise<void> {
  await waitUntil(async () => !(await openIssues(stage)).some((issue) => issue.code === code), {
    timeoutMs,
    what: `the issue ${code} to be resolved`,
  });
}

/**
 * Makes the next probe of a paused scope due, as if its beat had come: the beat itself is minutes. What went on by itself
 * meanwhile is left alone.
 */
export async function probeNow({ service, organizationId }: Stage, code: IssueView['code']): Promise<void> {
  const { stores, clock } = service.parts;
  const paused = (await stores.organizations.pauses(organizationId)).find((pause) => pause.code === code);
  if (!paused) return;
  const { entity } = paused;
  await stores.organizations.pause({ organizationId, entity, code, meta: {}, probeAt: clock.now() });
}
