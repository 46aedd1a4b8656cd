import { randomBytes } from 'node:crypto';

const RUN_VARIABLE = 'TEST_RUN_ID';

/** How the names of all databases and users begin that specs create. */
export const TEST_NAME_PREFIX = 'sync_test_';

/** Gives this run an id that its workers inherit; what is cached for a run carries it. */
export function beginTestRun(): string {
  const runId = birthAndNonce();
  process.env[RUN_VARIABLE] = runId;
  return runId;
}

/** The id of this run, or undefined where no global setup ran: then nothing may be cached between files. */
export function testRunId(): string | undefined {
  return process.env[RUN_VARIABLE];
}

/** A database name of one's own. It carries its birth time (ms since 1970, base 36), by which a later run finds leftovers. */
export function uniqueTestName(): string {
  return `${TEST_NAME_PREFIX}${birthAndNonce()}`;
}

/** How old the holder of a test name is, in ms; undefined for a name that is not of this making. */
export function ageOfTestName(name: string, now: number = Date.now()): number | undefined {
  const birth = /^sync_test_(?:template_[0-9a-f]{10}_)?([0-9a-z]{8,9})_/.exec(name)?.[1];
  return birth === undefined ? undefined : now - Number.parseInt(birth, 36);
}

function birthAndNonce(): string {
  return `${Date.now().toString(36)}_${randomBytes(4).toString('hex')}`;
}
