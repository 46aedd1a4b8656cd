import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PURCHASES } from './purchases.sql.js';

/** Vendors beside customers, directions in place of a list of entities, and copies of what the CRM has to choose from. */
export class Purchases1763710000000 implements MigrationInterface {
  readonly name = 'Purchases1763710000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of PURCHASES) await runner.query(statement);
  }

  /** Migrations go forward only: a step back would have to invent what it does not know. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}
