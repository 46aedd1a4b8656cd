import type { CreditNote } from '../books/records.js';
import type { CreditSource } from '../rules/allocation-write.js';
import { createCreditNote, creditNoteByKey, upsertCreditNote } from '../rules/credit-note-write.js';
import { lineRules } from '../rules/line-rules.js';
import { creditNoteInput } from '../wire/document-inputs.js';
import { fieldsOf } from '../wire/where.js';
import { allocationsBelow } from './allocations.js';
import { type ApiCall, envelope, type Resource, rulesOf } from './api-call.js';
import { listedCreditNote, writtenCreditNote } from './credit-note-view.js';
import { contactFields, dayValue, list } from './listing.js';
import { writeBatch, type Writing } from './write-batch.js';

/** `/CreditNotes` to customers and of suppliers, with `/CreditNotes/{id}/Allocations`. */
export const creditNotes: Resource = {
  scopes: ['accounting.invoices'],
  get: (call) => (call.segments[1] === undefined ? listNotes(call) : oneNote(call, call.segments[1])),
  put: (call) => writeBatch(call, { ...writing, save: createCreditNote, summarizes: true }),
  post: (call) => {
    const key = call.segments[1];
    const id = key === undefined ? undefined : creditNoteByKey(rulesOf(call), key).id;
    return writeBatch(call, { ...writing, save: upsertCreditNote, summarizes: id === undefined, id });
  },
  below: { allocations: allocationsBelow((call, key) => sourceOf(creditNoteByKey(rulesOf(call), key))) },
};

/** A credit note as something to allocate from. */
export const sourceOf = (credit: CreditNote): CreditSource => ({
  kind: 'creditNote',
  side: lineRules[credit.type].side,
  credit,
});

const writing: Omit<Writing<typeof creditNoteInput, CreditNote>, 'save'> = {
  name: 'CreditNotes',
  idKey: 'CreditNoteID',
  errorFlag: 'HasErrors',
  schema: creditNoteInput,
  render: writtenCreditNote,
};

function listNotes(call: ApiCall): ReturnType<typeof list> {
  const context = rulesOf(call);
  const fields = fieldsOf<CreditNote>(
    {
      CreditNoteID: (row) => row.id,
      CreditNoteNumber: (row) => row.number,
      Type: (row) => row.type,
      Reference: (row) => row.reference,
      Status: (row) => row.status,
      Date: (row) => dayValue(row.date),
      UpdatedDateUTC: (row) => row.updatedAt,
      CurrencyCode: (row) => row.currencyCode,
      Total: (row) => Number(row.total),
      RemainingCredit: (row) => Number(row.remainingCredit),
      ...contactFields(call),
    },
    ['Contact.Name'],
  );
  return list(call, {
    name: 'CreditNotes',
    rows: call.tenant.creditNotes,
    fields,
    paged: true,
    since: true,
    render: (row, paged) => listedCreditNote(context, row, paged),
  });
}

function oneNote(call: ApiCall, key: string): ReturnType<typeof list> {
  const context = rulesOf(call);
  return envelope(call, { CreditNotes: [listedCreditNote(context, creditNoteByKey(context, key), true)] });
}
