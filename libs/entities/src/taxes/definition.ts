import { type Tax, taxSetKey, taxSetName, taxSetOf } from '@sync/domain';
import { type EntityDefinition, NO_KEYS, type Problem } from '@sync/engine';

/** Xero keeps four decimals of a component's rate, and no rate above 100 %. */
const RATE = /^\d{1,3}(\.\d{1,4})?0*$/;

/**
 * A set of taxes that lines carry. Its id is its key and says everything, so the CRM is not asked for a combination
 * that exists on lines only. A renamed tax is a new set, as it is for the lines that carry a copy of the old name.
 */
export const taxes: EntityDefinition<'taxes'> = {
  entity: 'taxes',
  codecVersion: 1,
  derive: (id) => {
    const components = taxSetOf(id);
    return components && components.length > 0 ? { id, components } : null;
  },
  label: ({ components }) => taxSetName(components),
  owned: ({ components }) => ({ components: components.map(({ name, rate }) => ({ name, rate })) }),
  parents: () => [],
  whenParentExcluded: 'park',
  exclusion: () => null,
  check: checkRates,
  warnings: () => [],
  needs: () => [],
  identity: { number: 'record', facts: false, person: false },
  keys: ({ components }) => ({ ...NO_KEYS, number: taxSetKey(components), name: taxSetName(components) }),
  uniqueName: ({ components }) => taxSetName(components),
  editForbidden: null,
};

function checkRates({ components }: Tax): Problem | null {
  const bad = components.find(({ rate }) => !RATE.test(rate) || Number(rate) > 100);
  if (!bad) return null;
  const reason = `its rate of ${bad.rate} % is not between 0 and 100 with at most four decimals`;
  return { code: 'TAX_RATE_INVALID', meta: { tax: bad.name, reason } };
}
