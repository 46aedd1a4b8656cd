import type { MigrationInterface, QueryRunner } from 'typeorm';
import { BOTH_WAYS } from './both-ways.sql.js';

/** What the other direction needs: out of Xero, into the CRM. */
export class BothWays1763700000000 implements MigrationInterface {
  readonly name = 'BothWays1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of BOTH_WAYS) await runner.query(statement);
  }

  /** Migrations go forward only: a step back would have to invent what it does not know. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}
