import type { MigrationInterface, QueryRunner } from 'typeorm';
import { BILLS } from './bills.sql.js';

/** Expenses may be booked as bills. */
export class Bills1763720000000 implements MigrationInterface {
  readonly name = 'Bills1763720000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of BILLS) await runner.query(statement);
  }

  /** Migrations go forward only: a step back would have to invent what it does not know. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}
