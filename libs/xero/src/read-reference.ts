import { SyncError } from '@sync/domain';
import type { XeroAccount, XeroReference, XeroTaxRate } from '@sync/engine';
import { z } from 'zod';
import { textOf, wireDay, wireNumber, wireText } from './codecs/wire-values.js';

const organisationWire = z.object({
  Name: z.string(),
  BaseCurrency: z.string(),
  CountryCode: wireText,
  PeriodLockDate: wireDay,
  EndOfYearLockDate: wireDay,
  ShortCode: wireText,
  IsDemoCompany: z.boolean().nullish(),
});

const actionWire = z.object({ Name: z.string(), Status: z.string() });

const accountWire = z.object({
  AccountID: z.string(),
  Code: wireText,
  Name: z.string(),
  Type: z.string(),
  Class: wireText,
  Status: wireText,
  SystemAccount: wireText,
  EnablePaymentsToAccount: z.boolean().nullish(),
  CurrencyCode: wireText,
});

const rateWire = z.object({
  TaxType: z.string(),
  Name: z.string(),
  Status: wireText,
  EffectiveRate: wireNumber.nullish(),
  DisplayTaxRate: wireNumber.nullish(),
  CanApplyToRevenue: z.boolean().nullish(),
  CanApplyToExpenses: z.boolean().nullish(),
  TaxComponents: z
    .array(z.object({ Name: z.string(), Rate: wireNumber, IsCompound: z.boolean().nullish() }))
    .nullish(),
});

const currencyWire = z.object({ Code: z.string() });

/** The lists that make up the reference data, by the path from which each is read. */
export const REFERENCE_RESOURCES = {
  Organisation: 'Organisations',
  'Organisation/Actions': 'Actions',
  Accounts: 'Accounts',
  TaxRates: 'TaxRates',
  Currencies: 'Currencies',
} as const;

/** Lists as they were read, by path. */
export type ReferenceLists = Readonly<Record<keyof typeof REFERENCE_RESOURCES, readonly unknown[]>>;

/** Reads one account; null: it has a form that is not known. */
export function readOneAccount(element: unknown): XeroAccount | null {
  const parsed = accountWire.safeParse(element);
  return parsed.success ? readAccount(parsed.data) : null;
}

/** Reads the reference data. Throws `bug` if a list has a form that is not known. */
export function readReference(lists: ReferenceLists): XeroReference {
  try {
    const actions = z.array(actionWire).parse(lists['Organisation/Actions']);
    return {
      organisation: readOrganisation(lists.Organisation[0]),
      mayApproveInvoices: actions.some(
        ({ Name, Status }) => Name === 'CreateApprovedInvoice' && Status === 'ALLOWED',
      ),
      accounts: z.array(accountWire).parse(lists.Accounts).map(readAccount),
      taxRates: z.array(rateWire).parse(lists.TaxRates).map(readTaxRate),
      currencies: z
        .array(currencyWire)
        .parse(lists.Currencies)
        .map(({ Code }) => Code),
    };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const fields = error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new SyncError('bug', `Xero's reference data have a form that is not known: ${fields}`);
  }
}

function readOrganisation(element: unknown): XeroReference['organisation'] {
  const wire = organisationWire.parse(element);
  const locks = [wire.PeriodLockDate, wire.EndOfYearLockDate].filter((day) => typeof day === 'string');
  return {
    name: wire.Name,
    baseCurrency: wire.BaseCurrency,
    country: wire.CountryCode ?? '',
    lockDate: locks.toSorted().at(-1) ?? null,
    shortCode: textOf(wire.ShortCode) ?? null,
    demo: wire.IsDemoCompany ?? false,
  };
}

function readAccount(wire: z.infer<typeof accountWire>): XeroAccount {
  return {
    accountId: wire.AccountID,
    code: textOf(wire.Code) ?? null,
    name: wire.Name,
    type: wire.Type,
    class: wire.Class ?? '',
    active: wire.Status === 'ACTIVE',
    systemAccount: textOf(wire.SystemAccount) ?? null,
    takesPayments: wire.Type === 'BANK' || wire.EnablePaymentsToAccount === true,
    currency: textOf(wire.CurrencyCode) ?? null,
  };
}

function readTaxRate(wire: z.infer<typeof rateWire>): XeroTaxRate {
  return {
    taxType: wire.TaxType,
    name: wire.Name,
    effectiveRate: wire.EffectiveRate ?? wire.DisplayTaxRate ?? '0',
    components:
      wire.TaxComponents?.map((part) => ({
        name: part.Name,
        rate: part.Rate,
        compound: part.IsCompound ?? false,
      })) ?? [],
    active: wire.Status === 'ACTIVE',
    appliesToRevenue: wire.CanApplyToRevenue ?? true,
    appliesToExpenses: wire.CanApplyToExpenses ?? true,
  };
}
