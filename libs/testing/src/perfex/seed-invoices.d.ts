/** A line of a seeded invoice; amounts are decimal text as Perfex stores them. */
export interface SeededLine {
    description: string;
    longDescription?: string;
    quantity: string;
    rate: string;
    /** Name and rate of each tax. */
    taxes?: readonly (readonly [string, string])[];
    /** Offered but not chosen, so not charged; Perfex 3.4.0 only. */
    optional?: true;
    /** Place on the document; as listed unless told. */
    order?: number;
}
/** An invoice that stands for one case; its totals are worked out by hand. */
export interface SeededInvoice {
    id: number;
    /** 1 unpaid, 2 paid, 3 partially paid, 4 overdue, 5 cancelled, 6 draft. */
    status: 1 | 2 | 3 | 4 | 5 | 6;
    customer?: number;
    date?: string;
    dueDate?: string | null;
    currency?: number;
    lines: readonly SeededLine[];
    subtotal: string;
    tax: string;
    total: string;
    adjustment?: string;
    discountPercent?: string;
    discount?: string;
    discountType?: 'before_tax' | 'after_tax';
    payments?: readonly {
        id: number;
        amount: string;
        mode: string;
        reference?: string;
    }[];
    credits?: readonly string[];
}
/** One invoice for each case that a reader must get right. */
export declare const SEEDED_INVOICES: readonly SeededInvoice[];
