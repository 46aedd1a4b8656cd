import type { Writable } from 'node:stream';
import type { ConformanceCheck, ConformanceReport } from '@sync/crm';
import { say } from '../surroundings.js';

/** Prints each rule, what was seen, and what to do where it is broken. */
export function tellReport(output: Writable, { ok, checks }: ConformanceReport): void {
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const check of checks) {
    say(output, `${markOf(check)}  ${check.name.padEnd(width)}  ${check.detail}`);
    if (!check.ok) say(output, `         → ${check.advice}`);
  }
  const failed = checks.filter((check) => !check.ok).length;
  const untried = checks.filter(({ tried }) => !tried).length;
  say(output, '');
  say(
    output,
    `${checks.length - failed - untried} kept, ${failed} broken, ${untried} not tried: ` +
      `${ok ? 'this CRM keeps the contract' : 'this CRM does not keep the contract yet'}`,
  );
}

function markOf({ ok, tried }: ConformanceCheck): string {
  if (!ok) return 'BROKEN ';
  return tried ? 'kept   ' : 'untried';
}
