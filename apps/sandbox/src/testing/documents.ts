import { type Answer, invoiceFor, type Json, line, type SandboxClient } from './sandbox-client.js';

/** A line of 100.00 on an account for purchases. */
export const purchaseLine = (fields: object = {}): object =>
  line({ AccountCode: '400', TaxType: 'INPUT', ...fields });

/** The fields of an approved bill of 100.00 and 8.25 tax. */
export const billFor = (contactId: string, fields: object = {}): object =>
  invoiceFor(contactId, { Type: 'ACCPAY', LineItems: [purchaseLine()], ...fields });

/** The fields of an approved credit note to a customer of 100.00 and 8.25 tax. */
export const creditNoteFor = (contactId: string, fields: object = {}): object => ({
  Type: 'ACCRECCREDIT',
  Contact: { ContactID: contactId },
  Date: '2026-11-20',
  Status: 'AUTHORISED',
  LineItems: [line()],
  ...fields,
});

/** The fields of 20.00 spent, tax of 1.52 in it. */
export const spendFor = (contactId: string, fields: object = {}): object => ({
  Type: 'SPEND',
  Contact: { ContactID: contactId },
  Date: '2026-11-20',
  BankAccount: { Code: '090' },
  LineItems: [purchaseLine({ Description: 'Paper', UnitAmount: 20 })],
  ...fields,
});

/** The fields of a draft order of 100.00 and 8.25 tax. */
export const orderFor = (contactId: string, fields: object = {}): object => ({
  Contact: { ContactID: contactId },
  Date: '2026-11-20',
  LineItems: [purchaseLine()],
  ...fields,
});

/** Sends one element to a resource; the answer as it came. */
export const send = (
  client: Pick<SandboxClient, 'api'>,
  method: 'PUT' | 'POST',
  path: string,
  element: object,
): Promise<Answer> => client.api(method, path, { body: { [path.split(/[/?]/)[0] ?? '']: [element] } });

/** Makes one element of a resource and gives it back as Xero shows it; throws when it is refused. */
export async function make(client: Pick<SandboxClient, 'api'>, name: string, element: object): Promise<Json> {
  const answer = await send(client, 'PUT', name, element);
  if (answer.status !== 200) throw new Error(`PUT ${name}: ${answer.status} ${answer.text}`);
  return answer.json[name][0];
}

/** Reads one element of a resource by its id or number. */
export async function read(client: Pick<SandboxClient, 'api'>, path: string): Promise<Json> {
  const answer = await client.api('GET', path);
  if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`);
  return answer.json[path.split('/')[0] ?? ''][0];
}
