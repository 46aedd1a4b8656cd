import { EXPENSE_CATEGORIES, PAYMENT_MODES } from './reference.js';

/** The lists that other programs may add to. */
export const REFERENCE_LISTS = ['expense-categories', 'payment-modes'] as const;

/** One of the lists. */
export type ReferenceList = (typeof REFERENCE_LISTS)[number];

/** An entry that another program added, as the journal keeps it. */
export interface ReferenceLine {
  reference: ReferenceList;
  id: string;
  name: string;
  /** Under which it was added: it is known by this key from then on. */
  key: string;
}

/** How customers pay and what expenses are sorted by: what there was from the beginning, and what was added. */
export class ReferenceLists {
  readonly #added: ReferenceLine[] = [];

  get paymentModes(): { id: string; name: string; active: boolean }[] {
    return [...PAYMENT_MODES, ...this.#of('payment-modes').map((mode) => ({ ...mode, active: true }))];
  }

  get expenseCategories(): { id: string; name: string }[] {
    return [...EXPENSE_CATEGORIES, ...this.#of('expense-categories')];
  }

  /** The id of the entry that was added under a key. */
  idOfKey(reference: ReferenceList, key: string): string | null {
    return this.#added.find((line) => line.reference === reference && line.key === key)?.id ?? null;
  }

  /** An id that no entry has. */
  freshId(reference: ReferenceList): string {
    const entries = reference === 'payment-modes' ? this.paymentModes : this.expenseCategories;
    const numbers = entries.map(({ id }) => Number(id)).filter((id) => Number.isInteger(id));
    return String(Math.max(...numbers) + 1);
  }

  /** Takes over an entry, without recording it. */
  replay(line: ReferenceLine): void {
    this.#added.push(line);
  }

  #of(reference: ReferenceList): { id: string; name: string }[] {
    return this.#added.filter((line) => line.reference === reference).map(({ id, name }) => ({ id, name }));
  }
}
