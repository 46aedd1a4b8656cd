import { canonicalHash, type Json, type Side } from '@sync/domain';

/** The owned fields of a record, in the CRM's terms. */
export type Fields = { readonly [field: string]: Json | undefined };

/** What a record was when both sides last agreed, and what each side holds now. */
export interface ThreeWay {
  crm: { before: Fields; now: Fields };
  xero: { before: Fields; now: Fields };
}

/** Which fields changed where. A group of fields that only make sense together counts as one, under its own name. */
export interface Changes {
  /** Changed in the CRM only. */
  crm: string[];
  /** Changed in Xero only. */
  xero: string[];
  /** Changed in both, and to different things. */
  both: string[];
  /** Changed in both, to the same. */
  alike: string[];
}

/** Under this name the fields that add up to a total are one: lines of one side and a total of the other are no invoice. */
export const AMOUNTS = 'amounts';

const ADD_UP: ReadonlySet<string> = new Set([
  'lines',
  'discountTiming',
  'discountTotal',
  'adjustment',
  'shippingFee',
  'subtotal',
  'totalTax',
  'total',
  'amount',
  'taxes',
  'currency',
]);

/** The group that a field belongs to: of those that add up where there is a total, else the field itself. */
export function groupOf(field: string, fields: Fields): string {
  return 'total' in fields && ADD_UP.has(field) ? AMOUNTS : field;
}

/** Compares both sides with what they were, group by group. */
export function compare({ crm, xero }: ThreeWay): Changes {
  const inCrm = changedGroups(crm.before, crm.now);
  const inXero = changedGroups(xero.before, xero.now);
  const shared = [...inCrm].filter((group) => inXero.has(group));
  const alike = shared.filter((group) => same(group, crm.now, xero.now));
  return {
    crm: [...inCrm].filter((group) => !inXero.has(group)),
    xero: [...inXero].filter((group) => !inCrm.has(group)),
    both: shared.filter((group) => !alike.includes(group)),
    alike,
  };
}

/** The values of a group's fields; of a field on its own, its value. */
export function valueOf(group: string, fields: Fields): Json {
  const names = membersOf([group], fields);
  if (group !== AMOUNTS) return fields[group] ?? null;
  return Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
}

/** The fields of these groups. */
export function membersOf(groups: readonly string[], fields: Fields): string[] {
  return Object.keys(fields).filter((field) => groups.includes(groupOf(field, fields)));
}

/** These fields only. */
export function pick(fields: Fields, names: readonly string[]): { [field: string]: Json | undefined } {
  return Object.fromEntries(names.filter((name) => name in fields).map((name) => [name, fields[name]]));
}

/** Who wins a group that was changed on both sides; null: nobody knows. */
export type Winner = (group: string) => Side | null;

function changedGroups(before: Fields, now: Fields): Set<string> {
  const changed = Object.keys(now).filter((field) => !equal(before[field], now[field]));
  return new Set(changed.map((field) => groupOf(field, now)));
}

function same(group: string, a: Fields, b: Fields): boolean {
  return membersOf([group], a).every((field) => equal(a[field], b[field]));
}

function equal(a: Json | undefined, b: Json | undefined): boolean {
  return canonicalHash({ value: a ?? null }) === canonicalHash({ value: b ?? null });
}
