import type { Run } from '../connection-session.js';
import type { PerfexSession } from '../reading/session.js';
import type { PerfexTable } from '../table-names.js';
import type { LocalTime } from './local-time.js';

/** A table that is written, by its bare name. */
export type WrittenTable = PerfexTable | 'sales_activity';

/** A column of a table that is written. */
export interface Column {
  name: string;
  /** As information_schema names it: `int`, `varchar`, `date` … */
  type: string;
  /** Neither null nor left out: Perfex, which is not strict, lets the server put in an empty value. */
  mustBeGiven: boolean;
}

/** One writing transaction, and what is known of the tables. */
export interface WriteSession extends PerfexSession {
  run: Run;
  /** The quoted full name of a table that is written. */
  writtenTable(table: WrittenTable): string;
  columns(table: WrittenTable): readonly Column[];
  now: LocalTime;
}
