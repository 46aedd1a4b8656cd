/// <reference types="jest" />
import { serviceFinding } from './service-findings.js';
import type { ServiceName } from './service-addresses.js';

/**
 * A `describe` block that needs real servers. Where one is missing the block is skipped, with the reason in its name and
 * on stderr; in CI (`CI=true`) it fails instead, so that a green build has really run everything.
 */
export function describeWith(services: readonly ServiceName[], name: string, body: () => void): void {
  const missing = missingServices(services);
  if (missing.length === 0) {
    describe(name, body);
    return;
  }
  const reason = missing.join(', ');
  if (process.env['CI'] === 'true') {
    describe(name, () => {
      it('has the servers it needs', () => {
        throw new Error(`${reason}. In CI nothing is skipped: start the server, or unset CI.`);
      });
    });
    return;
  }
  process.stderr.write(`skipped: ${name}: ${reason}\n`);
  describe.skip(`${name} [skipped: ${reason}]`, body);
}

/** Why the given services cannot be used, one text for each that is missing. */
export function missingServices(services: readonly ServiceName[]): string[] {
  return services.map(serviceFinding).flatMap((found) => (found.available ? [] : [found.reason]));
}
