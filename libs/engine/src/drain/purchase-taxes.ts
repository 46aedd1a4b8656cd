import { NO_TAX_KEY } from '@sync/domain';
import type { Mapping } from '../ports/stores.js';
import type { BoundParent } from './bound-parents.js';
import { chosenOf } from './chosen.js';
import type { DrainContext } from './context.js';

/**
 * TaxTypes of what is bought, by key of a tax set. Where nothing is chosen, the rate of what is sold serves if it
 * applies to expenses; one that our copy of Xero's rates does not hold was made by this service, and those apply to
 * everything: only where Xero asks for no report type can they be made. Where another rate was suggested for purchases,
 * that is to be confirmed or changed first.
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
  const serving = sold.filter(
    ([key, taxType]) => serves(taxType) && !isAnotherSuggested(mappings, key, taxType),
  );
  return new Map([...serving, ...chosenOf(mappings, 'purchase-tax')]);
}

function isAnotherSuggested(mappings: readonly Mapping[], taxKey: string, taxType: string): boolean {
  return mappings.some(
    ({ kind, key, value, source }) =>
      kind === 'purchase-tax' &&
      key === taxKey &&
      source === 'suggested' &&
      value !== null &&
      value !== taxType,
  );
}
