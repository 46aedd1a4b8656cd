import type { BankAccountResult, NewBankAccount } from '@sync/engine';
import { z } from 'zod';
import { authorizedCall } from './authorized-call.js';
import type { CallContext } from './call-xero.js';
import { openEnvelope } from './envelope.js';
import { readOneAccount } from './read-reference.js';
import { doubtful, errorBodyOf, statusError } from './transport/classify.js';
import type { HttpAnswer } from './transport/exchange.js';
import { refusalError } from './transport/refusals.js';

const PATH = '/Accounts';

/** Makes a bank account. Xero takes accounts one by one, each as the body itself. */
export async function addBankAccount(
  context: CallContext,
  { name, number, idempotencyKey }: NewBankAccount,
): Promise<BankAccountResult> {
  const answer = await authorizedCall(context, {
    intent: 'write',
    method: 'PUT',
    path: PATH,
    body: JSON.stringify({ Name: name, Type: 'BANK', BankAccountNumber: number }),
    headers: { 'idempotency-key': idempotencyKey },
    lane: 'event',
  });
  if (answer.status === 400) return refusedAccount(answer);
  if (answer.status !== 200) throw statusError(answer, 'write', PATH);
  const account = readOneAccount(openEnvelope(answer, 'Accounts', 'write').elements[0]);
  if (account === null) throw doubtful('write', 'Xero answered with an account in a form that is not known');
  return { state: 'added', account };
}

const refusedElement = z.object({ ValidationErrors: z.array(z.object({ Message: z.string() })).min(1) });

/** What is not about the account itself is no refusal of it. */
function refusedAccount(answer: HttpAnswer): BankAccountResult {
  const element = refusedElement.safeParse(errorBodyOf(answer)?.Elements?.[0]);
  if (!element.success) throw statusError(answer, 'write', PATH);
  const sentences = element.data.ValidationErrors.map(({ Message }) => Message);
  return { state: 'refused', error: refusalError(sentences) };
}
