import type { Writable } from 'node:stream';
import { say } from '../surroundings.js';
import type { Finding } from './finding.js';

const marks: Readonly<Record<Finding['state'], string>> = {
  ok: 'ok     ',
  warning: 'warning',
  wrong: 'WRONG  ',
};

/** Prints findings as they come. False: something is wrong. */
export async function tellFindings(output: Writable, findings: AsyncIterable<Finding>): Promise<boolean> {
  const counts = { ok: 0, warning: 0, wrong: 0 };
  for await (const { about, state, text, advice } of findings) {
    counts[state] += 1;
    say(output, `${marks[state]}  ${about}: ${text}`);
    if (advice !== null) say(output, `         → ${advice}`);
  }
  say(output, '');
  say(output, `${counts.ok} in order, ${counts.warning} to know of, ${counts.wrong} wrong`);
  return counts.wrong === 0;
}
