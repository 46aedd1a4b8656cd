/** How long a stop may take before the process ends anyway. */
const STOP_MS = 25_000;

/**
 * Runs a process until it is asked to stop (SIGINT, SIGTERM), and then stops it in order. What cannot start says so in
 * plain words and ends with 1. An error that nobody caught ends the process: what it left undone is in the ledger.
 */
export function runProcess(name: string, start: () => Promise<() => Promise<void>>): void {
  const fail = (error: unknown) => {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  start().then((stop) => {
    let stopping = false;
    const onSignal = () => {
      if (stopping) return;
      stopping = true;
      setTimeout(() => process.exit(1), STOP_MS).unref();
      stop().then(() => process.exit(0), fail);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  }, fail);
}
