import type { Books, Tenant } from './books.js';
import { type ChartRow, chartOfAccounts } from './chart-of-accounts.js';
import { fixedId } from './ids.js';
import type { Account, App, Organisation, Version } from './records.js';
import { systemRates } from './tax-rate-table.js';

/** What a new organisation is asked for; the id follows from the name where it is not given. */
export interface NewTenant {
  readonly id?: string | undefined;
  readonly name: string;
  readonly baseCurrency: string;
  readonly countryCode?: string | undefined;
  readonly version?: Version | undefined;
}

/** The app that is registered from the start. */
export const DEFAULT_APP = { clientId: 'sandbox-client', secret: 'sandbox-secret' } as const;

const firstTenants: readonly NewTenant[] = [
  { name: 'Harbour & Pine Trading (sandbox)', baseCurrency: 'USD' },
  { name: 'Blue Kettle Studio (sandbox)', baseCurrency: 'USD' },
];

/** Puts the first app and the first organisations into empty books. */
export function seedBooks(books: Books): void {
  for (const tenant of firstTenants) addTenant(books, tenant);
  const { clientId, secret } = DEFAULT_APP;
  const customTenantId = books.organisationsByAge()[0]?.id ?? null;
  if (!books.apps.get(clientId)) addApp(books, { clientId, secret, redirectUris: [], customTenantId });
}

/** Registers an app, as the developer portal would. No redirect URIs means that any is taken. */
export function addApp(
  books: Books,
  app: { clientId: string; secret: string; name?: string | undefined } & Pick<
    App,
    'redirectUris' | 'customTenantId'
  >,
): App {
  const { clientId, name = clientId, ...rest } = app;
  return books.apps.put({ id: clientId, updatedAt: books.stamp(), name, ...rest });
}

/** Opens an organisation with its chart of accounts, tax rates and base currency. */
export function addTenant(books: Books, wanted: NewTenant): Organisation {
  const { name, baseCurrency, countryCode = 'US', version = 'GLOBAL', id = fixedId('tenant', name) } = wanted;
  const now = books.stamp();
  const organisation = books.organisations.put({
    id,
    updatedAt: now,
    // Each a ms later than the one before, so that their age gives them an order.
    createdAt: now + books.organisations.size,
    name,
    baseCurrency,
    countryCode,
    version,
    timezone: 'UTC',
    periodLockDate: null,
    endOfYearLockDate: null,
    deniedActions: [],
    offline: false,
    reuseVoidedNumbers: false,
    nextInvoiceNumber: 1,
    nextCreditNoteNumber: 1,
    nextOrderNumber: 1,
    nextTaxNumber: 1,
  });
  const tenant = books.tenant(id);
  tenant.currencies.put({ id: baseCurrency, updatedAt: now, description: baseCurrency });
  addTaxRates(tenant, version, now);
  addThemesAndTracking(tenant, now);
  for (const row of chartOfAccounts) addAccount(tenant, row, organisation);
  return organisation;
}

/** Gives the organisations of books that an older version kept what every organisation has today. */
export function completeBooks(books: Books): void {
  for (const { id, createdAt } of books.organisationsByAge()) {
    const tenant = books.tenant(id);
    if (tenant.brandingThemes.size === 0) addThemesAndTracking(tenant, createdAt);
  }
}

function addThemesAndTracking(tenant: Tenant, now: number): void {
  for (const [sortOrder, name] of ['Standard', 'Plain paper'].entries()) {
    const id = sortOrder === 0 ? fixedId(tenant.id, 'branding theme') : fixedId(tenant.id, 'theme', name);
    tenant.brandingThemes.put({ id, updatedAt: now, createdAt: now, name, sortOrder });
  }
  const name = 'Region';
  const options = ['North', 'South', 'East', 'West'].map((option) => ({
    id: fixedId(tenant.id, 'tracking', name, option),
    name: option,
    status: 'ACTIVE' as const,
  }));
  const id = fixedId(tenant.id, 'tracking', name);
  tenant.trackingCategories.put({ id, updatedAt: now, name, status: 'ACTIVE', options });
}

function addTaxRates(tenant: Tenant, version: Version, now: number): void {
  for (const { taxType, name, rate, appliesTo } of systemRates(version)) {
    tenant.taxRates.put({
      id: taxType,
      updatedAt: now,
      name,
      appliesTo,
      effectiveRate: rate,
      status: 'ACTIVE',
      system: true,
      reportTaxType: version === 'GLOBAL' || version === 'US' ? null : taxType,
      components: [{ name, rate, isCompound: false, isNonRecoverable: false }],
    });
  }
}

function addAccount(tenant: Tenant, row: ChartRow, organisation: Organisation): Account {
  const bank = row.type === 'BANK';
  return tenant.accounts.put({
    id: fixedId(tenant.id, 'account', row.code),
    updatedAt: organisation.updatedAt,
    status: 'ACTIVE',
    code: row.code,
    name: row.name,
    type: row.type,
    class: row.class,
    systemAccount: row.system ?? null,
    taxType: defaultTaxType(organisation.version, row.tax),
    enablePayments: row.enablePayments ?? false,
    showInExpenseClaims: row.type === 'EXPENSE' && row.system === undefined,
    bankAccountNumber: row.bankAccountNumber ?? null,
    bankAccountType: bank ? 'BANK' : '',
    currencyCode: bank ? organisation.baseCurrency : null,
    description: row.description ?? null,
    reportingCode: row.reporting[0],
    reportingCodeName: row.reporting[1],
  });
}

/** The rate that accounts of one side take by default. */
export function defaultTaxType(version: Version, side: 'sales' | 'purchases' | 'none'): string {
  const second = version === 'NZ' || version === 'UK';
  if (side === 'none') return version === 'AU' ? 'BASEXCLUDED' : 'NONE';
  return `${side === 'sales' ? 'OUTPUT' : 'INPUT'}${second ? '2' : ''}`;
}
