import type { Organisation } from '../books/records.js';
import { notFound } from '../wire/reply.js';
import { present, wireDay, wireNow } from '../wire/values.js';
import { type ApiCall, envelope, type Resource } from './api-call.js';

/** The key actions that Xero tells about; the sandbox can take away any of them. */
export const actionNames = [
  'CreateApprovedInvoice',
  'CreateDraftPurchaseOrder',
  'CreateApprovedBill',
  'AttachFilesIntoInvoice',
  'UseMulticurrency',
  'CreateDraftInvoice',
  'CreateRepeatingInvoice',
  'CreateRepeatingBill',
  'CreateSentQuote',
  'CreateInvoicePayment',
  'CreateApprovedPurchaseOrder',
  'CreateDraftQuote',
  'CreateDraftBill',
  'ApproveTransactionsBeforePeriodLockDate',
] as const;

/** `/Organisation` and `/Organisation/Actions`. */
export const organisation: Resource = {
  scopes: ['accounting.settings'],
  get: (call) => {
    const row = call.books.organisation(call.tenant.id);
    if (call.segments[1] === undefined) return envelope(call, { Organisations: [view(row)] });
    return call.segments[1].toLowerCase() === 'actions' ? actions(call, row) : notFound();
  },
};

const actions = (call: ApiCall, { deniedActions }: Organisation): ReturnType<typeof envelope> =>
  envelope(call, {
    Actions: actionNames.map((Name) => ({
      Name,
      Status: deniedActions.includes(Name) ? 'NOT-ALLOWED' : 'ALLOWED',
    })),
  });

function view(row: Organisation): Record<string, unknown> {
  return present({
    Name: row.name,
    LegalName: row.name,
    PaysTax: true,
    Version: row.version,
    OrganisationType: 'COMPANY',
    BaseCurrency: row.baseCurrency,
    CountryCode: row.countryCode,
    IsDemoCompany: false,
    OrganisationStatus: 'ACTIVE',
    TaxNumber: '555-0199',
    FinancialYearEndDay: 31,
    FinancialYearEndMonth: 12,
    SalesTaxBasis: 'ACCRUALS',
    SalesTaxPeriod: 'MONTHLY',
    DefaultSalesTax: 'Tax Exclusive',
    DefaultPurchasesTax: 'Tax Exclusive',
    PeriodLockDate: row.periodLockDate === null ? null : wireDay(row.periodLockDate),
    EndOfYearLockDate: row.endOfYearLockDate === null ? null : wireDay(row.endOfYearLockDate),
    CreatedDateUTC: wireNow(row.createdAt),
    OrganisationEntityType: 'COMPANY',
    Timezone: row.timezone,
    ShortCode: `!${row.id.slice(0, 5)}`,
    OrganisationID: row.id,
    Edition: 'BUSINESS',
    Class: 'COMPREHENSIVE',
    Addresses: [
      {
        AddressType: 'POBOX',
        AddressLine1: '1 Quay Street',
        AddressLine2: '',
        City: 'Port Sample',
        Region: '',
        PostalCode: '10001',
        Country: '',
        AttentionTo: '',
      },
    ],
    Phones: [{ PhoneType: 'OFFICE', PhoneNumber: '555 0100', PhoneAreaCode: '800' }],
    ExternalLinks: [],
    PaymentTerms: {},
    TaxNumberName: 'Tax reg',
  });
}
