import { ENTITIES, type Entity } from '@sync/domain';
import type { Ledger } from './sandbox-client.js';

/** Says what is now in the books of both sides, and whether they agree to the cent. */
export function tellResult({
  say,
  crm,
  xero,
}: {
  say: (line: string) => void;
  crm: Ledger;
  xero: Ledger;
}): void {
  say('');
  say(row('', 'in the CRM', 'in Xero', 'total', 'due'));
  for (const entity of ENTITIES) {
    const [there, here] = [crm[entity], xero[entity]];
    if (!there || !here) continue;
    say(
      row(entity, String(there.count), String(here.count), here.total, here.due) +
        verdictOf(entity, there, here),
    );
  }
  say('');
}

function verdictOf(entity: Entity, there: Ledger[string], here: Ledger[string]): string {
  const more = here.count - there.count;
  if (there.total !== here.total || there.due !== here.due || more < 0)
    return `  differs: the CRM has ${there.total}, ${there.due} due`;
  if (more === 0) return '  equal';
  return entity === 'vendors' && more === 1
    ? '  equal, and one who stands in for unknown ones'
    : `  differs: ${more} more than the CRM has`;
}

/** Says where to look. The password is in the file, and on the terminal of whoever started. */
export function tellWhere(request: {
  say: (line: string) => void;
  url: string;
  sandboxUrl: string;
  admin: { email: string; password: string };
  file: string;
}): void {
  const { say, url, sandboxUrl, admin, file } = request;
  say(`  what runs here     ${url}`);
  say(`  the API            ${url}/docs   (keys: ${file})`);
  say(`  the queues         ${url}/queues   (log in as ${admin.email} with ${admin.password})`);
  say(`  the books in Xero  ${sandboxUrl}/_sandbox/ledger`);
  say('  stop with Ctrl-C; the next start goes on where this one stopped');
}

function row(...cells: string[]): string {
  const [first = '', ...rest] = cells;
  return `  ${first.padEnd(20)}${rest.map((cell) => cell.padStart(15)).join('')}`;
}
