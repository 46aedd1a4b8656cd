import type { AccountClass, Version } from './records.js';

/** A tax rate that an organisation is born with: rate in percent, and the account classes that take it. */
export interface SystemRate {
  readonly taxType: string;
  readonly name: string;
  readonly rate: string;
  readonly appliesTo: readonly AccountClass[];
}

const all: readonly AccountClass[] = ['ASSET', 'EQUITY', 'EXPENSE', 'LIABILITY', 'REVENUE'];
const sales = all.filter((one) => one !== 'EXPENSE');
const purchases = all.filter((one) => one !== 'REVENUE');
const liabilities: readonly AccountClass[] = ['LIABILITY'];

type Row = readonly [taxType: string, name: string, rate: string, appliesTo: readonly AccountClass[]];

const tables: Readonly<Record<Version, readonly Row[]>> = {
  GLOBAL: international(),
  US: international(),
  AU: [
    ['OUTPUT', 'GST on Income', '10', sales],
    ['EXEMPTOUTPUT', 'GST Free Income', '0', sales],
    ['EXEMPTEXPORT', 'GST Free Exports', '0', sales],
    ['INPUT', 'GST on Expenses', '10', purchases],
    ['EXEMPTEXPENSES', 'GST Free Expenses', '0', purchases],
    ['BASEXCLUDED', 'BAS Excluded', '0', all],
    ['GSTONIMPORTS', 'GST on Imports', '0', liabilities],
  ],
  NZ: [
    ['OUTPUT2', '15% GST on Income', '15', sales],
    ['ZERORATED', 'Zero Rated', '0', ['LIABILITY', 'REVENUE']],
    ['INPUT2', '15% GST on Expenses', '15', purchases],
    ['NONE', 'No GST', '0', all],
    ['GSTONIMPORTS', 'GST on Imports', '0', ['ASSET', 'EQUITY', 'LIABILITY']],
  ],
  UK: [
    ['OUTPUT2', '20% (VAT on Income)', '20', sales],
    ['RROUTPUT', '5% (VAT on Income)', '5', sales],
    ['ZERORATEDOUTPUT', 'Zero Rated Income', '0', sales],
    ['EXEMPTOUTPUT', 'Exempt Income', '0', sales],
    ['INPUT2', '20% (VAT on Expenses)', '20', purchases],
    ['RRINPUT', '5% (VAT on Expenses)', '5', purchases],
    ['ZERORATEDINPUT', 'Zero Rated Expenses', '0', purchases],
    ['NONE', 'No VAT', '0', all],
    ['GSTONIMPORTS', 'VAT on Imports', '0', liabilities],
  ],
};

/** The rates that Xero gives an organisation of this edition. */
export function systemRates(version: Version): SystemRate[] {
  return tables[version].map(([taxType, name, rate, appliesTo]) => ({ taxType, name, rate, appliesTo }));
}

// The GLOBAL and US editions let every rate but the one for imports go on any account.
function international(): readonly Row[] {
  return [
    ['OUTPUT', 'Tax on Sales', '8.25', all],
    ['INPUT', 'Tax on Purchases', '8.25', all],
    ['NONE', 'Tax Exempt', '0', all],
    ['GSTONIMPORTS', 'Sales Tax on Imports', '0', liabilities],
  ];
}
