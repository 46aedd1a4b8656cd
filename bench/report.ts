import { availableParallelism, cpus } from 'node:os';
import type { Figure } from './measure.js';

/** A benchmark's outcome, as `--json` prints it. */
export interface Report {
  name: string;
  /** ISO date and time of the end. */
  at: string;
  /** Node, cores and servers: figures of different machines cannot be compared. */
  machine: string;
  rounds: number;
  /** Null where the size is fixed. */
  size: number | null;
  figures: Figure[];
}

/** Node's version, the cores that may be used, and the servers that answered. */
export function machineLine(servers: readonly string[]): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return [`Node ${process.versions.node}`, `${availableParallelism()} cores (${model})`, ...servers].join(
    ', ',
  );
}

/** The report as a table for people. */
export function tableOf({ name, machine, at, rounds, size, figures }: Report): string {
  const head = ['figure', 'median', 'min', 'max', 'unit'];
  const rows = figures.map(({ figure, median, min, max, unit }) => [
    figure,
    ...[median, min, max].map(rounded),
    unit,
  ]);
  const of = size === null ? '' : `, size ${rounded(size)}`;
  const title = `${name}: median of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}${of}; ${at}`;
  return [title, machine, '', ...aligned([head, ...rows])].join('\n');
}

/** Three digits at least; more would claim a precision that is not there. */
function rounded(value: number): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column > 0 && column < 4 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
