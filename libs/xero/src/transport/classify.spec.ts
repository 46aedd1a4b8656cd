import type { HttpAnswer } from './exchange.js';
import { statusError } from './classify.js';
import { codeOfSentences, refusalError } from './refusals.js';

function answer(status: number, text: string): HttpAnswer {
  return { status, text, headers: {} };
}

const json = (body: unknown): string => JSON.stringify(body);

describe('what an answer of Xero means', () => {
  it.each([
    ['a 500 to a write', 500, '', 'write', 'unknown-outcome'],
    ['a 500 to a read', 500, '', 'read', 'transient'],
    ['a page of a gateway to a write', 502, '<html>', 'write', 'unknown-outcome'],
    ['a redirect of a write', 302, '', 'write', 'unknown-outcome'],
    ['an id that Xero never gave', 404, '<html>', 'write', 'not-found'],
    ['a method that is not there', 501, '', 'write', 'bug'],
    ['a bad where', 400, json({ Type: 'QueryParseException', Message: 'x' }), 'read', 'bug'],
    [
      'bytes it cannot read',
      400,
      json({ Type: 'PostDataInvalidException', Message: 'x' }),
      'write',
      'validation',
    ],
    [
      'a key that was used for other bytes',
      400,
      json({ Message: 'Idempotency Key: k is used with a different request.' }),
      'write',
      'unknown-outcome',
    ],
    ['a page of HTML instead of a 403', 403, '<html>Access Denied', 'write', 'transient'],
  ] as const)('%s', (_, status, text, intent, kind) => {
    expect(statusError(answer(status, text), intent, '/Invoices')).toMatchObject({ kind });
  });

  it('a lost connection asks for a person, whatever the case of the keys', () => {
    for (const body of [{ Detail: 'AuthenticationUnsuccessful' }, { detail: 'AuthenticationUnsuccessful' }]) {
      expect(statusError(answer(403, json(body)), 'read', '/Invoices')).toMatchObject({
        kind: 'auth',
        code: 'NEEDS_RECONNECT',
      });
    }
  });

  it('an organisation that is offline is waited for', () => {
    expect(statusError(answer(503, 'The Organisation is offline'), 'write', '/Invoices')).toMatchObject({
      kind: 'transient',
      code: 'XERO_OFFLINE',
    });
  });
});

describe("Xero's sentences", () => {
  it.each([
    ['This payment has been reconciled and cannot be deleted.', 'RECONCILED_IN_XERO'],
    ['Payments within a batch cannot be deleted.', 'RECONCILED_IN_XERO'],
    [
      'This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement.',
      'RECONCILED_IN_XERO',
    ],
    ['The amount of credit to allocate exceeds the remaining credit', 'PAYMENT_EXCEEDS_DUE'],
    ['Credit can only be allocated to Authorised documents', 'PAYMENT_INVOICE_NOT_APPROVED'],
    ['Order number must be unique', 'INVOICE_NUMBER_TAKEN'],
  ])('say of credits and purchases: %s', (sentence, code) => {
    expect(codeOfSentences([sentence])).toBe(code);
  });

  it('fill the issue with the lock date that only they name', () => {
    const sentence = 'The document date cannot be before the period lock date, currently set at 30/09/2026.';
    expect(refusalError([sentence], { date: '2026-09-01' }).meta).toEqual({
      date: '2026-09-01',
      lockDate: '30/09/2026',
      reason: sentence,
    });
  });

  it.each([
    [
      'The contact name Acme is already assigned to another contact. The contact name must be unique.',
      'CUSTOMER_NAME_TAKEN',
    ],
    [
      'The contact is archived, and must be un-archived before creating invoices or credit notes',
      'CONTACT_ARCHIVED',
    ],
    ['Archived contacts cannot currently be edited via the API', 'CONTACT_ARCHIVED'],
    ['Invoice # must be unique.', 'INVOICE_NUMBER_TAKEN'],
    ["Account code '999' is not a valid code for this document.", 'MAPPING_REFUSED_BY_XERO'],
    ["The TaxType code 'INPUT' cannot be used with account code '200'.", 'MAPPING_REFUSED_BY_XERO'],
    ['Payment amount exceeds the amount outstanding on this document', 'PAYMENT_EXCEEDS_DUE'],
    ['Payments can only be made against Authorised documents', 'PAYMENT_INVOICE_NOT_APPROVED'],
    [
      'This document cannot be edited as it has a payment or credit note allocated to it.',
      'INVOICE_LOCKED_BY_PAYMENT',
    ],
    ['The document date cannot be before the period lock date, currently set at 30/09/2026', 'DATE_LOCKED'],
    ['The document date cannot be before the end of year lock date', 'DATE_LOCKED'],
    ['Organisation is not subscribed to currency EUR', 'CURRENCY_NOT_ENABLED'],
    ["TaxType code 'TAX009' does not exist or is not active.", 'MAPPING_REFUSED_BY_XERO'],
    ["Account code '200' is not a bank account and is not enabled for payments", 'MAPPING_REFUSED_BY_XERO'],
    ['Only Status accepted for updates.', 'PAYMENT_CHANGED'],
    ['Something that nobody has heard of.', 'REFUSED_BY_XERO'],
  ])('%s', (sentence, code) => {
    expect(codeOfSentences([sentence])).toBe(code);
    expect(codeOfSentences(['Another remark.', sentence.toUpperCase().replaceAll(/[.,#']/g, '')])).toBe(code);
  });
});
