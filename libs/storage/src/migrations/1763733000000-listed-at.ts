import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the CRM was last listed: what Xero has is not made there before it is known what people entered there meanwhile. */
export class ListedAt1763733000000 implements MigrationInterface {
  readonly name = 'ListedAt1763733000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table checkpoint add column listed_at timestamptz(3)');
  }

  /** Migrations go forward only: a step back would have to invent what it does not know. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}
