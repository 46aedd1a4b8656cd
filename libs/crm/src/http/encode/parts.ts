import type { Json, TaxComponent } from '@sync/domain';
import { plainText } from '../../plain-text.js';

/** A record as it goes to the CRM. */
export interface WireRecord {
  [field: string]: Json;
}

/** Text such that whoever reads HTML in it reads this text: escaped only where it would be taken for markup. */
export function wireText(text: string): string;
export function wireText(text: string | null): string | null;
export function wireText(text: string | null): string | null {
  if (text === null || plainText(text) === text) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Copies of taxes, by name and rate. */
export function wireTaxes(taxes: readonly TaxComponent[]): Json {
  return taxes.map(({ name, rate }) => ({ name: wireText(name), rate }));
}
