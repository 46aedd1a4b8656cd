import type { Meta } from '@sync/engine';
import { type IssueCode, issueEntry } from '@sync/domain';
import type { Sql } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';
import { counts, type Judged, type Settlement } from './settlement.js';

/** Tells what happened: history, issues, and the outcome in every run that asked for the record. */
export async function tell(sql: Sql, settlement: Settlement, judged: readonly Judged[]): Promise<void> {
  const counting = judged.filter(counts);
  await tellHistory(sql, settlement, counting);
  await tellIssues(sql, settlement, counting);
  await tellRuns(
    sql,
    settlement.organizationId,
    counting.filter(({ standing }) => standing === 'current'),
  );
}

interface Told {
  binding_id: string;
  what: string;
  detail: Meta;
}

/** Before the runs are told: the entry names the run that still waits for the record. */
async function tellHistory(sql: Sql, settlement: Settlement, judged: readonly Judged[]): Promise<void> {
  const entries = judged
    .map(({ outcome, locked }) => historyOf(outcome, locked.attempts))
    .filter((e) => e !== null);
  if (entries.length === 0) return;
  await sql.run(
    `insert into history_entry (organization_id, binding_id, at, what, detail, run_id)
     select $1, h.binding_id, $3, h.what, h.detail,
       (select r.run_id from run_operation r where r.binding_id = h.binding_id and r.outcome is null limit 1)
     from jsonb_to_recordset($2::jsonb) as h (binding_id uuid, what text, detail jsonb)`,
    [settlement.organizationId, jsonParameter(entries), settlement.now],
  );
}

/** What repeats itself (still waiting, still excluded, one more try) is not told again: history must not grow idly. */
function historyOf(outcome: Judged['outcome'], attempts: number): Told | null {
  const { id, status } = outcome.operation.binding;
  switch (outcome.kind) {
    case 'written':
      return { binding_id: id, what: outcome.action, detail: outcome.detail };
    case 'excluded':
      return status === 'excluded'
        ? null
        : { binding_id: id, what: 'excluded', detail: { reason: outcome.reason } };
    case 'waiting':
      return status === 'waiting'
        ? null
        : { binding_id: id, what: 'waiting', detail: { for: outcome.parents.map((p) => ({ ...p })) } };
    case 'parked':
      return { binding_id: id, what: 'parked', detail: { ...outcome.meta, code: outcome.code } };
    case 'again':
      return attempts > 0 || outcome.free
        ? null
        : { binding_id: id, what: 'again', detail: { reason: outcome.reason } };
    case 'renewed':
      return { binding_id: id, what: 'renewed', detail: {} };
    case 'unchanged':
    case 'moved':
    case 'still-refused':
      return null;
  }
}

/** Opens or counts up what the outcomes name, and resolves every other open issue of these records. */
async function tellIssues(sql: Sql, settlement: Settlement, judged: readonly Judged[]): Promise<void> {
  const { organizationId, now } = settlement;
  const judgedAnew = judged.filter(({ outcome: { kind } }) => kind !== 'again' && kind !== 'still-refused');
  if (judgedAnew.length === 0) return;
  const issues = distinct(judgedAnew.flatMap(({ outcome }) => issuesOf(outcome)));
  const records = judgedAnew.map(({ outcome }) => outcome.operation.binding.id);
  await sql.run(
    `update issue set resolved_at = $3
     where organization_id = $1 and resolved_at is null and binding_id = any ($2::uuid[])
       and not exists (select from unnest($4::uuid[], $5::text[]) as kept (binding_id, code)
         where kept.binding_id = issue.binding_id and kept.code = issue.code)`,
    [
      organizationId,
      records,
      now,
      issues.map((issue) => issue.binding_id),
      issues.map((issue) => issue.code),
    ],
  );
  if (issues.length > 0) await sql.run(OPEN_ISSUES, [organizationId, jsonParameter(issues), now]);
}

const OPEN_ISSUES = `
  insert into issue as i (organization_id, code, scope, severity, entity, binding_id, meta, first_seen_at, last_seen_at)
  select $1, n.code, n.scope, n.severity, n.entity, n.binding_id, n.meta, $3, $3
  from jsonb_to_recordset($2::jsonb)
    as n (code text, scope text, severity text, entity text, binding_id uuid, meta jsonb)
  on conflict (organization_id, binding_id, code) where resolved_at is null and binding_id is not null
  do update set count = i.count + 1, last_seen_at = excluded.last_seen_at, meta = excluded.meta`;

interface NewIssue {
  binding_id: string;
  code: IssueCode;
  scope: string;
  severity: string;
  entity: string;
  meta: Meta;
}

function issuesOf(outcome: Judged['outcome']): NewIssue[] {
  const { id, entity } = outcome.operation.binding;
  return named(outcome).map(({ code, meta }) => {
    const { scope, severity } = issueEntry(code);
    return { binding_id: id, code, scope, severity, entity, meta };
  });
}

function named(outcome: Judged['outcome']): { code: IssueCode; meta: Meta }[] {
  switch (outcome.kind) {
    case 'written':
      return outcome.problem === null ? outcome.warnings : [...outcome.warnings, outcome.problem];
    case 'unchanged':
      return outcome.warnings;
    case 'parked':
      return [{ code: outcome.code, meta: outcome.meta }];
    default:
      return [];
  }
}

/** One statement may touch a row once. */
function distinct(issues: readonly NewIssue[]): NewIssue[] {
  return [...new Map(issues.map((issue) => [`${issue.binding_id} ${issue.code}`, issue])).values()];
}

/** One statement for each outcome: with a plain list of ids the planner takes the index, whatever it knows of the table. */
async function tellRuns(sql: Sql, organizationId: string, judged: readonly Judged[]): Promise<void> {
  const ended = new Map<string, string[]>();
  for (const { outcome } of judged) {
    const name = runOutcome(outcome);
    if (name !== null) ended.set(name, [...(ended.get(name) ?? []), outcome.operation.binding.id]);
  }
  for (const [name, ids] of ended) {
    await sql.run(
      `update run_operation set outcome = $3
       where organization_id = $1 and binding_id = any ($2::uuid[]) and outcome is null`,
      [organizationId, ids, name],
    );
  }
}

function runOutcome(outcome: Judged['outcome']): string | null {
  switch (outcome.kind) {
    case 'written':
      return outcome.action;
    case 'unchanged':
    case 'excluded':
    case 'parked':
      return outcome.kind;
    case 'still-refused':
      return 'parked';
    default:
      return null;
  }
}
