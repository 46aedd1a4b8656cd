import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What Xero refused is remembered, so that it is not sent again while it is the same. */
export class Refusals1763731000000 implements MigrationInterface {
  readonly name = 'Refusals1763731000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table sync_operation add column refused_hash text, add column refused_on text[],
         add column refused_at timestamptz(3)`,
    );
    await runner.query(
      `create index sync_operation_refused on sync_operation (organization_id)
         where state = 'parked' and refused_on is not null`,
    );
  }

  /** Migrations go forward only: a step back would have to invent what it does not know. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}
