import { NO_TAX_KEY, taxSetOf } from '@sync/domain';
import type { BackReferences, References } from '@sync/engine';

/** The other way round of these references: whatever goes by one name in Xero is listed under it. */
export function backOf(references: References, change: Partial<BackReferences> = {}): BackReferences {
  const crmIds = new Map(
    [...references.parents].map(([entity, ids]) => [
      entity,
      new Map([...ids].map(([crm, xero]) => [xero, crm])),
    ]),
  );
  const categories = grouped(references.expenseAccounts);
  return {
    crmIds,
    taxSets: new Map(
      [...grouped(new Map([...references.purchaseTaxTypes, ...references.taxTypes]))].map(([type, keys]) => [
        type,
        keys.map((key) => (key === NO_TAX_KEY ? [] : (taxSetOf(key) ?? []))),
      ]),
    ),
    paymentModes: grouped(references.bankAccounts),
    expenseCategories: new Map(
      [...categories].map(([code, ids]) => [code, ids.map((id) => ({ id, name: id.toUpperCase() }))]),
    ),
    baseCurrency: references.baseCurrency,
    ...change,
  };
}

function grouped(names: ReadonlyMap<string, string>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [crm, xero] of names) groups.set(xero, [...(groups.get(xero) ?? []), crm]);
  return groups;
}
