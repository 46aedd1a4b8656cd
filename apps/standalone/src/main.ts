import { resolve } from 'node:path';
import { runProcess } from '@sync/composition';
import { start } from './start.js';

const PROJECT_ROOT = resolve(__dirname, '../../..');

runProcess('crm-xero-sync', () => start(PROJECT_ROOT, (line) => process.stdout.write(`${line}\n`)));
