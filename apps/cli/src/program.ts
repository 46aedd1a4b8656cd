import { readConfig } from '@sync/config';
import { Command } from 'commander';
import { tryCrm } from './conformance/try-crm.js';
import { tellFindings } from './doctor/tell-findings.js';
import { examine } from './doctor/examine.js';
import { migrate } from './migrate.js';
import type { Surroundings } from './surroundings.js';

/** The commands. What they cannot do they throw; `parseAsync` rejects with it. */
export function createProgram(surroundings: Surroundings): Command {
  const program = new Command('npm run cli --').description('What an admin runs by hand.');
  addMigrate(program, surroundings);
  addDoctor(program, surroundings);
  addConformance(program, surroundings);
  return program;
}

function addMigrate(program: Command, { environment, terminal }: Surroundings): void {
  program
    .command('migrate')
    .description('bring the database of DATABASE_URL to the current schema')
    .option('--create-key <name>', 'then make a key of the installation, for the first calls of the API')
    .action(async ({ createKey }: { createKey?: string }) => {
      const config = readConfig(environment, 'cli');
      await migrate({ config, terminal, ...(createKey === undefined ? {} : { keyName: createKey }) });
    });
}

function addDoctor(program: Command, { environment, terminal, ended }: Surroundings): void {
  program
    .command('doctor')
    .description(
      'look whether everything that the service needs is there, and say what to do where it is not',
    )
    .action(async () => {
      const ok = await tellFindings(terminal.output, examine(environment));
      ended(ok ? 0 : 1);
    });
}

function addConformance(program: Command, { terminal, ended }: Surroundings): void {
  program
    .command('crm-conformance')
    .argument('<url>', 'where the CRM answers, such as https://crm.example.com/sync')
    .description(
      'try a CRM against the contract (docs/crm-contract.yaml); it only reads, unless told to write',
    )
    .option('--key-file <path>', 'file with the API key; otherwise it is asked for, or read from a pipe')
    .option('--write', 'write, too: a customer and a cancelled invoice stay, so take a copy of your data')
    .option('--json', 'print the report as JSON, and ask nobody to change records')
    .action(async (url: string, options: { keyFile?: string; json?: true; write?: true }) => {
      const ok = await tryCrm({
        url,
        terminal,
        json: options.json ?? false,
        write: options.write ?? false,
        keyFile: options.keyFile ?? null,
      });
      ended(ok ? 0 : 1);
    });
}
