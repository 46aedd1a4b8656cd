import { z } from 'zod';
import { newId } from '../../books/ids.js';
import type { Account, BrandingTheme, TaxRate, TrackingCategory } from '../../books/records.js';
import { accountById, createAccount, deleteAccount, updateAccount } from '../../rules/account-write.js';
import type { RuleContext } from '../../rules/context.js';
import { enableCurrency } from '../../rules/currency-write.js';
import { createItem, itemByKey, upsertItem } from '../../rules/item-write.js';
import { createTaxRate, upsertTaxRate } from '../../rules/tax-rate-write.js';
import {
  categoryById,
  createCategory,
  createOption,
  deleteCategory,
  updateCategory,
} from '../../rules/tracking-write.js';
import {
  accountInput,
  currencyInput,
  itemInput,
  taxRateInput,
  trackingInput,
  trackingOptionInput,
} from '../../wire/inputs.js';
import { type Act, type Acts, fieldsIn, missing, named } from './act.js';

function accountNamed({ context, ...act }: Act): Account {
  const key = named({ context, ...act });
  return context.tenant.accounts.by('code', key)[0] ?? accountById(context, key);
}

function setAccount(act: Act, status: Account['status']): Account {
  const { context } = act;
  return context.tenant.accounts.put({ ...accountNamed(act), status, updatedAt: context.books.stamp() });
}

export const account: Acts = {
  create: ({ context, fields }) => createAccount(context, fieldsIn(accountInput, fields)),
  edit: (act) =>
    updateAccount(act.context, { ...fieldsIn(accountInput, act.fields), AccountID: accountNamed(act).id }),
  archive: (act) => setAccount(act, 'ARCHIVED'),
  restore: (act) => setAccount(act, 'ACTIVE'),
  delete: (act) => deleteAccount(act.context, accountNamed(act).id),
};

export const currency: Acts = {
  enable: ({ context, key, fields }) =>
    enableCurrency(context, fieldsIn(currencyInput, { ...(key && { Code: key }), ...fields })),
};

export const item: Acts = {
  create: ({ context, fields }) => createItem(context, fieldsIn(itemInput, fields)),
  edit: (act) => {
    const { context } = act;
    const { id } = itemByKey(context, named(act));
    return upsertItem(context, { ...fieldsIn(itemInput, act.fields), ItemID: id });
  },
  delete: (act) => {
    const row = itemByKey(act.context, named(act));
    act.context.tenant.items.delete(row.id);
    return row;
  },
};

function rateNamed({ context, ...act }: Act): TaxRate {
  const { taxRates } = context.tenant;
  const key = named({ context, ...act });
  const live = taxRates.by('name', key.toLowerCase()).find(({ status }) => status === 'ACTIVE');
  return taxRates.get(key) ?? live ?? missing('tax rate', key);
}

export const tax: Acts = {
  create: ({ context, fields }) => createTaxRate(context, fieldsIn(taxRateInput, fields)),
  edit: (act) =>
    upsertTaxRate(act.context, { ...fieldsIn(taxRateInput, act.fields), TaxType: rateNamed(act).id }),
  delete: (act) => upsertTaxRate(act.context, { TaxType: rateNamed(act).id, Status: 'DELETED' }),
};

function categoryNamed({ context, ...act }: Act): TrackingCategory {
  const key = named({ context, ...act });
  const byName = context.tenant.trackingCategories.inOrder().find(({ name }) => name === key);
  return byName ?? categoryById(context, key);
}

export const tracking: Acts = {
  create: ({ context, fields }) => createCategory(context, fieldsIn(trackingInput, fields)),
  edit: (act) => updateCategory(act.context, categoryNamed(act), fieldsIn(trackingInput, act.fields)),
  archive: (act) => updateCategory(act.context, categoryNamed(act), { Status: 'ARCHIVED' }),
  delete: (act) => deleteCategory(act.context, categoryNamed(act)),
  addoption: (act) =>
    createOption(act.context, categoryNamed(act), fieldsIn(trackingOptionInput, act.fields)),
};

const themeFields = z.object({ Name: z.string().min(1) });

function themeNamed({ tenant }: RuleContext, key: string): BrandingTheme {
  const found = tenant.brandingThemes.inOrder().find(({ id, name }) => id === key || name === key);
  return found ?? missing('branding theme', key);
}

export const theme: Acts = {
  create: ({ context, fields }) => {
    const { brandingThemes } = context.tenant;
    const now = context.books.stamp();
    const { Name: name } = fieldsIn(themeFields, fields);
    const fresh = { id: newId(), updatedAt: now, createdAt: now, sortOrder: brandingThemes.size, name };
    return brandingThemes.put(fresh);
  },
  edit: (act) => {
    const { context } = act;
    const { Name: name } = fieldsIn(themeFields, act.fields);
    const row = themeNamed(context, named(act));
    return context.tenant.brandingThemes.put({ ...row, name, updatedAt: context.books.stamp() });
  },
};
