/// <reference types="jest" />
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where Xero's published descriptions and recorded answers are kept, outside of the project. */
export const FACTS_DIR = resolve(__dirname, '../../../..', process.env['XERO_FACTS_DIR'] ?? '../shared/xero');

/** A describe that says why it does nothing where a file of facts is missing. */
export function describeWithFacts(file: string, title: string, body: () => void): void {
  if (existsSync(resolve(FACTS_DIR, file))) describe(title, body);
  else describe.skip(`${title} (skipped: ${resolve(FACTS_DIR, file)} is not there)`, body);
}
