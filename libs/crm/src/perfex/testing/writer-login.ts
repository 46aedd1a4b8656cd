import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseLogin } from '../database.js';
import type { TestPerfex } from './open-perfex.js';

const DOCS = join(__dirname, '../../../../../docs/perfex-writes.md');

/** A Perfex database that a spec made, with a connection of its administrator. */
export interface GrantablePerfex extends TestPerfex {
  connection: { query(sql: string): Promise<unknown> };
  /** The version of its Purchase module; null for none. */
  purchase: string | null;
}

/** Gives the reader of a database just the rights that the documentation asks for. */
export async function grantWriting(perfex: GrantablePerfex, but?: RegExp): Promise<DatabaseLogin> {
  for (const grant of documentedGrants(perfex)) {
    if (but?.test(grant) !== true) await perfex.connection.query(grant);
  }
  return perfex.reader;
}

/** The statements of the documentation, for this database and its reader. */
function documentedGrants({ reader, prefix, purchase }: GrantablePerfex): string[] {
  const grants = readFileSync(DOCS, 'utf8').match(/^GRANT .*;$/gm) ?? [];
  return grants
    .filter((grant) => purchase !== null || !grant.includes('tblpur_'))
    .map((grant) =>
      grant
        .replace(/perfex\.tbl(\w+)/, `\`${reader.database}\`.\`${prefix}$1\``)
        .replace(/'crm_sync'@'[^']*'/, `'${reader.user}'@'%'`),
    );
}
