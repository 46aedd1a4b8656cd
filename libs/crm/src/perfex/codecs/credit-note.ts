import type { CreditNote } from '@sync/domain';
import { plainLine } from '../../plain-text.js';
import type { PerfexSettings } from '../settings.js';
import { currencyOf } from './currency.js';
import { birthMark, type Decoded, found, invalid } from './decoded.js';
import { decodeDocument, type DocumentRow, type DocumentRows } from './document.js';
import { documentNumber } from './document-number.js';
import { CREDIT_NOTE } from './statuses.js';

/** A credit note's row, with what was applied and refunded summed up. */
export interface CreditNoteRow extends DocumentRow {
  reference: string | null;
  applied: string;
  refunded: string;
}

/** Closed means used up, which is derived, so such a note is open. */
export function decodeCreditNote(
  rows: DocumentRows<CreditNoteRow>,
  settings: PerfexSettings,
): Decoded<'credit-notes'> {
  const { header } = rows;
  if (header.customerId === 0) return invalid('its customer was deleted in the CRM');
  const currency = currencyOf(header.currencyName);
  if (currency === null) return invalid('its currency is no ISO code such as USD');
  const record: CreditNote = {
    ...decodeDocument(rows),
    number: documentNumber(header, 'credit-notes', settings),
    reference: plainLine(header.reference),
    currency,
    status: header.status === CREDIT_NOTE.void ? 'void' : 'open',
    applied: header.applied,
    refunded: header.refunded,
  };
  return found('credit-notes', record, birthMark(header.createdAt));
}
