import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Echoes that were told from edits are counted, by organization and entity. */
export class NearMisses1763732000000 implements MigrationInterface {
  readonly name = 'NearMisses1763732000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table xero_checkpoint
         add column near_misses integer not null default 0, add column near_miss_at timestamptz(3)`,
    );
  }

  /** Migrations go forward only: a step back would have to invent what it does not know. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}
