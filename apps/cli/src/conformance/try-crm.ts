import { runConformance } from '@sync/crm';
import { say, type Terminal } from '../surroundings.js';
import { askPerson } from './ask-person.js';
import { readKey } from './read-key.js';
import { tellReport } from './tell-report.js';

/** A CRM that is to be tried. */
export interface CrmTrial {
  /** Base address of the contract. */
  url: string;
  /** Null: the key is asked for. */
  keyFile: string | null;
  json: boolean;
  /** Whether records may be written into it. */
  write: boolean;
  terminal: Terminal;
}

/** Tries a CRM against the contract and prints what came of it. False: a rule is broken. */
export async function tryCrm({ url, keyFile, json, write, terminal }: CrmTrial): Promise<boolean> {
  const apiKey = await readKey(terminal, keyFile);
  const report = await runConformance({
    baseUrl: url,
    apiKey,
    write,
    ...(terminal.interactive && !json ? { steps: askPerson(terminal) } : {}),
  });
  if (json) say(terminal.output, JSON.stringify(report, null, 2));
  else tellReport(terminal.output, report);
  return report.ok;
}
