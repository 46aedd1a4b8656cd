import { NO_TAX_KEY } from '@sync/domain';
import type { BoundParent } from './bound-parents.js';
import { chosenOf } from './chosen.js';
import type { DrainContext } from './context.js';

/**
 * TaxTypes of what is bought, by key of a tax set. Where nothing is chosen, the rate of what is sold serves if it
 * applies to expenses; one that our copy of Xero's rates does not hold was made by this service, and those apply to
 * everything: only where Xero asks for no report type can they be made.
 */
export function purchaseTaxTypes(
  { mappings, reference }: DrainContext,
  parents: readonly BoundParent[],
): Map<string, string> {
  const rates = new Map(reference.taxRates.map((rate) => [rate.taxType, rate]));
  const serves = (taxType: string) => rates.get(taxType)?.appliesToExpenses ?? true;
  const sold = parents.flatMap(({ entity, crmId, xeroId }): [string, string][] =>
    entity === 'taxes' ? [[crmId, xeroId]] : [],
  );
  const noTax = chosenOf(mappings, 'tax').get(NO_TAX_KEY);
  if (noTax !== undefined) sold.push([NO_TAX_KEY, noTax]);
  return new Map([...sold.filter(([, taxType]) => serves(taxType)), ...chosenOf(mappings, 'purchase-tax')]);
}
