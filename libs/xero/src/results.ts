import { type Entity, type Json, SyncError } from '@sync/domain';
import type { BatchMember, MemberResult, XeroRecord } from '@sync/engine';
import { z } from 'zod';
import { idKey, keysOf, markerKey, naturalKeysOf, numberKey, xeroIdOf } from './element-keys.js';
import { readRecord } from './envelope.js';
import { refusalError } from './transport/refusals.js';

const sentence = z.object({ Message: z.string().nullish(), Description: z.string().nullish() });
const sentences = z.array(sentence).nullish().catch(null);

/** How an element says what became of it. */
const outcome = z.object({
  StatusAttributeString: z.string().nullish().catch(null),
  HasErrors: z.boolean().nullish().catch(null),
  HasValidationErrors: z.boolean().nullish().catch(null),
  ValidationErrors: sentences,
  Warnings: sentences,
  LineItems: z
    .array(z.object({ ValidationErrors: sentences }))
    .nullish()
    .catch(null),
});

/** What is needed to tell the members of a batch apart. */
export interface SentBatch {
  entity: Entity;
  members: readonly BatchMember[];
  /** The elements of the request, one for each member, in the members' order. */
  sent: readonly unknown[];
}

/**
 * What became of each member. Elements of the reply are told apart by Xero id, marker and natural key, never by their
 * place: a member that no element names for sure is `unknown`.
 */
export function memberResults(batch: SentBatch, replied: readonly unknown[]): MemberResult[] {
  const found = new Map<number, unknown>();
  const keys = replied.map((element) => keysOf(batch.entity, element));
  // A refused element may be bare of everything; where there is one of each, nothing needs to be told apart.
  if (batch.members.length === 1 && replied.length === 1 && isFaulty(replied[0])) found.set(0, replied[0]);
  batch.members.forEach((member, index) => {
    const match = onlyMatch(memberKeys(batch, member, index), keys);
    if (match !== null) found.set(index, replied[match]);
  });
  const claimed = [...found.values()];
  return batch.members.map((member, index) => {
    const element = found.get(index);
    const certain = element !== undefined && claimed.filter((other) => other === element).length === 1;
    return certain ? resultOf(batch, member, { element, index }) : unknown(member);
  });
}

/**
 * What a refusal of the whole call says of its members: it saved none of those that it names with errors. Of the
 * others it says nothing.
 */
export function refusedMembers(batch: SentBatch, replied: readonly unknown[]): MemberResult[] {
  return memberResults(batch, replied.filter(isFaulty));
}

function isFaulty(element: unknown): boolean {
  const said = outcome.safeParse(element);
  return said.success && errorSentences(said.data).length > 0;
}

/** A member's own keys before those of what was sent for it. */
function memberKeys({ entity, sent }: SentBatch, member: BatchMember, index: number): string[] {
  return [
    ...(member.xeroId === null ? [] : [idKey(member.xeroId)]),
    markerKey(member.marker),
    ...(member.naturalKey === null ? [] : [numberKey(member.naturalKey)]),
    ...naturalKeysOf(entity, sent[index]),
  ];
}

/** The one element that bears the surest of the wanted keys; null: none, or several. */
function onlyMatch(wanted: readonly string[], keys: readonly string[][]): number | null {
  for (const key of wanted) {
    const matches = keys.flatMap((own, index) => (own.includes(key) ? [index] : []));
    if (matches.length === 1) return matches[0] ?? null;
  }
  return null;
}

function resultOf(
  { entity, sent }: SentBatch,
  member: BatchMember,
  { element, index }: { element: unknown; index: number },
): MemberResult {
  const said = outcome.safeParse(element);
  if (!said.success) return unknown(member);
  const errors = errorSentences(said.data);
  const isNameless = xeroIdOf(entity, element) === null;
  // Older descriptions of Xero show an allocation that was made without its id: it has to be looked up.
  if (isNameless && entity === 'credit-applications' && errors.length === 0 && !failed(said.data)) {
    return unknown(member);
  }
  if (isNameless || errors.length > 0 || failed(said.data)) {
    const error = refusalError(errors, factsOf(sent[index]));
    return { bindingId: member.bindingId, state: 'refused', error };
  }
  const record = readable(entity, element);
  if (record === null) return unknown(member);
  return { bindingId: member.bindingId, state: 'accepted', record, warnings: texts(said.data.Warnings) };
}

/** Xero took it, but in a form that cannot be read: what it did with it has to be looked up. */
function readable(entity: Entity, element: unknown): XeroRecord | null {
  try {
    return readRecord(entity, element);
  } catch (error) {
    if (error instanceof SyncError) return null;
    throw error;
  }
}

function failed(said: z.infer<typeof outcome>): boolean {
  return (
    said.HasErrors === true || said.HasValidationErrors === true || said.StatusAttributeString === 'ERROR'
  );
}

function errorSentences(said: z.infer<typeof outcome>): string[] {
  const ofLines = said.LineItems?.flatMap(({ ValidationErrors }) => texts(ValidationErrors)) ?? [];
  return [...texts(said.ValidationErrors), ...ofLines];
}

function texts(list: z.infer<typeof sentences>): string[] {
  return (
    list?.map(({ Message, Description }) => Message ?? Description ?? '').filter((text) => text !== '') ?? []
  );
}

function unknown({ bindingId }: BatchMember): MemberResult {
  return { bindingId, state: 'unknown' };
}

const facts = z.object({
  Name: z.string().optional(),
  InvoiceNumber: z.string().optional(),
  CreditNoteNumber: z.string().optional(),
  PurchaseOrderNumber: z.string().optional(),
  Date: z.string().optional(),
  CurrencyCode: z.string().optional(),
  Amount: z.number().optional(),
});

/** What the texts of issues are filled with, as it was sent. */
function factsOf(element: unknown): { [name: string]: Json } {
  const parsed = facts.safeParse(element);
  if (!parsed.success) return {};
  const { Name, Date: date, CurrencyCode, Amount, ...numbers } = parsed.data;
  const known = {
    name: Name,
    number: numbers.InvoiceNumber ?? numbers.CreditNoteNumber ?? numbers.PurchaseOrderNumber,
    date,
    currency: CurrencyCode,
    amount: Amount?.toFixed(2),
  };
  return Object.fromEntries(
    Object.entries(known).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
