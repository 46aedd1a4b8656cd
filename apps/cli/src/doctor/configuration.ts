import { type Config, ConfigError, type Environment, readConfig } from '@sync/config';
import { doubtful, fine, type Finding, wrong } from './finding.js';

const about = 'configuration';

/** Reads the environment as api and worker would, and names every problem once. */
export function* examineConfiguration(environment: Environment): Generator<Finding> {
  const readings = (['api', 'worker'] as const).map((role) => read(environment, role));
  const problems = readings.flatMap((reading) => ('problems' in reading ? reading.problems : []));
  for (const problem of new Set(problems.map(forBoth))) yield problemFinding(problem);
  if (problems.length === 0) yield fine(about, 'api and worker have what they need');
  for (const reading of readings) if ('config' in reading) yield* warnings(reading.config);
}

function read(
  environment: Environment,
  role: 'api' | 'worker',
): { config: Config } | { problems: readonly string[] } {
  try {
    return { config: readConfig(environment, role) };
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems };
    throw error;
  }
}

/** What both lack is one problem. */
function forBoth(problem: string): string {
  return problem.replace(/ by the (api|worker):/, ' by api and worker:');
}

/** A problem reads `NAME is wrong: what to do`. */
function problemFinding(problem: string): Finding {
  const [, text = problem, advice = 'correct it; .env.example describes it'] =
    /^(.+?)[:;] (.+)$/s.exec(problem) ?? [];
  return wrong(about, text, advice);
}

function* warnings({ role, warnings: known, publicUrl, xero }: Config): Generator<Finding> {
  if (role !== 'api') return;
  for (const warning of known) yield doubtful(about, warning);
  if (publicUrl === null) {
    yield doubtful(about, 'PUBLIC_URL is not set', 'set it, and documents in Xero link to their record here');
  }
  if (xero.app === null) {
    const advice = 'set them, or name the app with each POST /v1/xero-connections';
    yield doubtful(about, 'XERO_CLIENT_ID and XERO_CLIENT_SECRET are not set', advice);
  }
}
