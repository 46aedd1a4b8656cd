import { execFileSync } from 'node:child_process';
import type { ServiceFinding, ServiceFindings } from './probe-services.js';
import { serviceAddress, SERVICE_TITLES, type ServiceName } from './service-addresses.js';

const FINDINGS_VARIABLE = 'TEST_SERVICE_FINDINGS';

const TCP_PROBE = `
  const socket = require('net').connect(Number(process.argv[2]), process.argv[1]);
  socket.setTimeout(2000, () => process.exit(1));
  socket.on('connect', () => process.exit(0));
  socket.on('error', () => process.exit(1));
`;

/** Hands the findings of the global setup to the test workers, which inherit its environment. */
export function publishFindings(findings: ServiceFindings): void {
  process.env[FINDINGS_VARIABLE] = JSON.stringify(findings);
}

/**
 * What is known of a service, at once: Jest collects `describe` blocks synchronously. Taken from the global setup; where
 * that did not run, a child process tries to reach the port.
 */
export function serviceFinding(service: ServiceName): ServiceFinding {
  const published = process.env[FINDINGS_VARIABLE];
  return published === undefined ? reachable(service) : (JSON.parse(published) as ServiceFindings)[service];
}

function reachable(service: ServiceName): ServiceFinding {
  const { host, port } = serviceAddress(service);
  try {
    execFileSync(process.execPath, ['-e', TCP_PROBE, host, String(port)], { stdio: 'ignore' });
    return { available: true, version: 'unknown' };
  } catch {
    return { available: false, reason: `no ${SERVICE_TITLES[service]} at ${host}:${port}` };
  }
}
