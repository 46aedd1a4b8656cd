import { createInterface } from 'node:readline/promises';
import { crmEntitySchema } from '@sync/domain';
import type { ConformanceSteps, TouchedRecord } from '@sync/crm';
import type { Terminal } from '../surroundings.js';

const form = 'Entity and id, such as "invoices 12"; Enter leaves this check out: ';

/** Asks a person to change and to delete a record, and which one it was. */
export function askPerson(terminal: Terminal): ConformanceSteps {
  return {
    change: () =>
      ask(terminal, 'Now change a record in the CRM, or a part of it, such as a line of an invoice.'),
    remove: () => ask(terminal, 'Now delete a record in the CRM that nobody needs, such as a payment.'),
  };
}

async function ask({ input, errors }: Terminal, what: string): Promise<TouchedRecord | null> {
  const prompt = createInterface({ input, output: errors });
  const stop = new AbortController();
  prompt.once('SIGINT', () => stop.abort());
  prompt.once('close', () => stop.abort());
  try {
    errors.write(`\n${what}\n`);
    for (;;) {
      const answer = (await prompt.question(form, { signal: stop.signal })).trim();
      if (answer === '') return null;
      const record = recordOf(answer);
      if (record !== null) return record;
      errors.write(`"${answer}" is not an entity (${crmEntitySchema.options.join(', ')}) and an id.\n`);
    }
  } finally {
    prompt.close();
  }
}

function recordOf(answer: string): TouchedRecord | null {
  const [word, id, ...more] = answer.split(/\s+/);
  const entity = crmEntitySchema.safeParse(word);
  return entity.success && id !== undefined && more.length === 0 ? { entity: entity.data, id } : null;
}
