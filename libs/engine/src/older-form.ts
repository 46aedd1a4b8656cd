import { canonicalHash, type Json } from '@sync/domain';
import type { Binding } from './ports/bindings.js';
import { agreedInCrm } from './decision.js';
import type { Fields } from './three-way.js';

/**
 * What was agreed of the CRM's record in an older form, as far as the form of now can say it: what both forms have in
 * common stays as it was agreed, and what is new counts as agreed. A field whose values are spelled otherwise in a new
 * form needs a new name, or each of its values counts as changed. Null: nothing was agreed.
 */
export function agreedInOlderForm(binding: Binding, now: Fields): Fields | null {
  const then = agreedInCrm(binding);
  if (then === null) return null;
  const agreed = Object.entries(now).map(([field, value]) => [field, inNewForm(then[field], value)]);
  return Object.fromEntries(agreed);
}

/** Whether nothing waits to be written of a record whose snapshot has an older form. */
export function isSettledInOlderForm(binding: Binding, now: Fields): boolean {
  const agreed = agreedInOlderForm(binding, now);
  return binding.status === 'synced' && agreed !== null && changedFields(agreed, now).length === 0;
}

/** The fields that are not what was agreed. */
export function changedFields(agreed: Fields, now: Fields): string[] {
  return Object.keys(now).filter((field) => !equal(now[field], agreed[field]));
}

function inNewForm(then: Json | undefined, now: Json | undefined): Json | undefined {
  if (then === undefined || now === undefined) return now;
  if (Array.isArray(then) && Array.isArray(now))
    return then.map((value, index) => (index in now ? inNewForm(value, now[index]) : value)) as Json;
  if (isObject(then) && isObject(now))
    return Object.fromEntries(
      Object.entries(now).map(([key, value]) => [key, inNewForm(then[key], value) ?? null]),
    );
  // Another kind of value is another form, not another value.
  return then === null || now === null || kindOf(then) === kindOf(now) ? then : now;
}

function kindOf(value: Json): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function equal(a: Json | undefined, b: Json | undefined): boolean {
  return canonicalHash({ value: a }) === canonicalHash({ value: b });
}
