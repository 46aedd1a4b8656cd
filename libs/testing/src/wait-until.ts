import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { isNativeError } from 'node:util/types';

/** How long to wait, and for what. */
export interface WaitOptions {
  /** What is waited for, as it shall stand in the failure: "the invoice to be synced". */
  what: string;
  /** Milliseconds until the wait fails; 10,000 unless told. */
  timeoutMs?: number;
  /** Milliseconds between two looks; 25 unless told. */
  intervalMs?: number;
}

/**
 * Looks again and again until `look` gives something truthy, and gives that back. Fails with what was waited for and what
 * was last seen or thrown, since "timed out" alone explains nothing.
 */
export async function waitUntil<T>(
  look: () => T | Promise<T>,
  options: WaitOptions,
): Promise<NonNullable<T>> {
  const { what, timeoutMs = 10_000, intervalMs = 25 } = options;
  const deadline = performance.now() + timeoutMs;
  let last = await attempt(look);
  while (!last.value) {
    if (performance.now() >= deadline) {
      throw new Error(`waited ${timeoutMs} ms for ${what}; last: ${describeLook(last)}`, {
        cause: last.error,
      });
    }
    await delay(intervalMs);
    last = await attempt(look);
  }
  return last.value;
}

interface Look<T> {
  value?: T;
  error?: unknown;
}

async function attempt<T>(look: () => T | Promise<T>): Promise<Look<T>> {
  try {
    return { value: await look() };
  } catch (error) {
    return { error };
  }
}

function describeLook(look: Look<unknown>): string {
  if (isNativeError(look.error)) {
    return `${look.error.name}: ${look.error.message}`;
  }
  return inspect(look.error ?? look.value, { depth: 3, breakLength: 100 });
}
