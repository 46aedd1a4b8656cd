import type { MigrationInterface, QueryRunner } from 'typeorm';
import { XERO_APPS } from './xero-apps.sql.js';

/** Each Xero app has an address of its own for its webhooks. */
export class XeroApps1763721000000 implements MigrationInterface {
  readonly name = 'XeroApps1763721000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of XERO_APPS) await runner.query(statement);
  }

  /** Migrations go forward only: a step back would have to invent what it does not know. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}
