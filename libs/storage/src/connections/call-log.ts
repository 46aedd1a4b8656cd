import type { CallLog, LoggedCall } from '@sync/engine';
import type { Clock } from '@sync/domain';
import type { Database } from '../database/database.js';

/** The calls to each tenant, and the limits that Xero named. */
export function createCallLog(database: Database, clock: Clock): CallLog {
  return {
    recent: (connectionId, since) =>
      database.rows<LoggedCall>(
        `select sent_at as "sentAt", deadline_at as "deadlineAt", finished_at as "finishedAt"
         from connection_call
         where connection_id = $1 and (sent_at >= $2 or (finished_at is null and deadline_at > $3))
         order by sent_at, id`,
        [connectionId, since, clock.now()],
      ),
    countSince: async (connectionId, since) => {
      const [row] = await database.rows<{ count: number }>(
        'select count(*)::int as count from connection_call where connection_id = $1 and sent_at >= $2',
        [connectionId, since],
      );
      return row?.count ?? 0;
    },
    started: (call) => startCall(database, call),
    finished: async (id, { finishedAt, status, correlationId }) => {
      await database.run(
        'update connection_call set finished_at = $2, status = $3, correlation_id = $4 where id = $1',
        [id, finishedAt, status, correlationId],
      );
    },
    holdUntil: async (connectionId, until, limit) => {
      const column = limit === 'minute' ? 'minute_held_until' : 'day_held_until';
      await database.run(`update xero_connection set ${column} = $2 where id = $1`, [connectionId, until]);
    },
    heldUntil: async (connectionId) => {
      const [row] = await database.rows<{ until: Date | null }>(
        'select greatest(minute_held_until, day_held_until) as until from xero_connection where id = $1',
        [connectionId],
      );
      return row?.until ?? null;
    },
  };
}

async function startCall(database: Database, call: Parameters<CallLog['started']>[0]): Promise<string> {
  const [row] = await database.rows<{ id: string }>(
    `insert into connection_call (connection_id, method, path, lane, sent_at, deadline_at)
     values ($1, $2, $3, $4, $5, $6) returning id::text as id`,
    [call.connectionId, call.method, call.path, call.lane, call.sentAt, call.deadlineAt],
  );
  if (row === undefined) throw new Error('The call was not stored');
  return row.id;
}
