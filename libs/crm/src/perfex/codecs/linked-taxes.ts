import type { TaxComponent } from '@sync/domain';

/** Two taxes that a row points at by id, as items and expenses do. */
export interface LinkedTaxes {
  taxName: string | null;
  taxRate: string | null;
  tax2Name: string | null;
  tax2Rate: string | null;
}

/** A tax that was deleted since counts as none, as it does in Perfex. */
export function linkedTaxes({ taxName, taxRate, tax2Name, tax2Rate }: LinkedTaxes): TaxComponent[] {
  return [
    { name: taxName, rate: taxRate },
    { name: tax2Name, rate: tax2Rate },
  ]
    .filter((tax): tax is TaxComponent => tax.name !== null && tax.rate !== null)
    .map(({ name, rate }) => ({ name: name.trim(), rate }));
}
