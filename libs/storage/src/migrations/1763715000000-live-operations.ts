import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LIVE_OPERATIONS } from './live-operations.sql.js';

/** Operations of bindings that are gone are taken away, and there will be none. */
export class LiveOperations1763715000000 implements MigrationInterface {
  readonly name = 'LiveOperations1763715000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of LIVE_OPERATIONS) await runner.query(statement);
  }

  /** Migrations go forward only: a step back would have to invent what it does not know. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}
