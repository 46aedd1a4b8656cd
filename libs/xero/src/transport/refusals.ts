import { type IssueCode, type Json, SyncError } from '@sync/domain';

/** Xero's errors have no codes, only sentences: what each of them means. Matched without case and punctuation. */
const SENTENCES: readonly (readonly [pattern: RegExp, code: IssueCode])[] = [
  [/contact name .*already assigned to another contact/, 'CUSTOMER_NAME_TAKEN'],
  [/contact number .*already assigned to another contact/, 'DUPLICATE_CLAIM'],
  [/archived contacts cannot|contact.* archived.*un ?archive|contact .*is archived/, 'CONTACT_ARCHIVED'],
  [/(invoice|credit note|order)( number)? must be unique/, 'INVOICE_NUMBER_TAKEN'],
  [/lock date|period is locked|locked period/, 'DATE_LOCKED'],
  [
    /not subscribed to (currency|multi ?currency)|currency .*(is )?not (enabled|subscribed)/,
    'CURRENCY_NOT_ENABLED',
  ],
  [/payment amount exceeds|exceeds the (amount outstanding|remaining credit)/, 'PAYMENT_EXCEEDS_DUE'],
  [
    /(payments|credit) can only be (made against|allocated to) authorised|only authorised credits/,
    'PAYMENT_INVOICE_NOT_APPROVED',
  ],
  [/reconciled (and cannot|with)|payments within a batch cannot/, 'RECONCILED_IN_XERO'],
  [/only status accepted for updates/, 'PAYMENT_CHANGED'],
  [/payments? or credit notes? allocated/, 'INVOICE_LOCKED_BY_PAYMENT'],
  [/tax ?type .*(cannot be used|does not exist|not valid|invalid|not active)/, 'MAPPING_REFUSED_BY_XERO'],
  [
    /account (code )?.*(not a valid code|archived|deleted|cannot be used|not enabled for payments)/,
    'MAPPING_REFUSED_BY_XERO',
  ],
];

const REASON_LENGTH = 500;

/** The issue that Xero's sentences stand for. */
export function codeOfSentences(sentences: readonly string[]): IssueCode {
  const bare = sentences.map(bareWords);
  const known = SENTENCES.find(([pattern]) => bare.some((sentence) => pattern.test(sentence)));
  return known?.[1] ?? 'REFUSED_BY_XERO';
}

/** The refusal of one record, with Xero's own sentences as the reason. `facts` fill the issue's text. */
export function refusalError(
  sentences: readonly string[],
  facts: { readonly [key: string]: Json } = {},
): SyncError {
  const reason = [...new Set(sentences.map((sentence) => sentence.trim()))].join(' ').slice(0, REASON_LENGTH);
  const code = codeOfSentences(sentences);
  return new SyncError('validation', `Xero refused a record (${code})`, {
    code,
    meta: {
      ...facts,
      ...lockDateOf(reason),
      ...(code === 'INVOICE_NUMBER_TAKEN' && { difference: reason }),
      reason: reason === '' ? 'it gave no reason' : reason,
    },
  });
}

/** The lock date stands in the sentence alone, written as people write it. */
function lockDateOf(reason: string): { lockDate?: string } {
  const lockDate = /currently set at ([^.]+)/i.exec(reason)?.[1];
  return lockDate === undefined ? {} : { lockDate: lockDate.trim() };
}

/** Whether a key was used for other bytes: then it is not known what the first use did. */
export function saysKeyReused(sentence: string): boolean {
  return /idempotency key .*used with a different request/.test(bareWords(sentence));
}

/** Whether the organisation is closed for maintenance. */
export function saysOffline(text: string): boolean {
  return /organisation is offline/.test(bareWords(text));
}

function bareWords(sentence: string): string {
  return sentence
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
