import { Client } from 'pg';
import type { Stage } from './stage.js';

/** Lets time pass for what was put off: all of it is due now. */
export async function dueNow({ config, organizationId }: Stage): Promise<void> {
  const client = new Client({ connectionString: config.databaseUrl });
  await client.connect();
  try {
    await client.query(
      `update sync_operation set due_at = now() where organization_id = $1 and state = 'due' and due_at > now()`,
      [organizationId],
    );
  } finally {
    await client.end();
  }
}
