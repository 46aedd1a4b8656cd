import type { AccountClass, TaxComponent, TaxRate } from '../books/records.js';
import type { TaxRateInput } from '../wire/inputs.js';
import { effectiveRate, round } from './amounts.js';
import { organisationOf, type RuleContext } from './context.js';
import { refuse, refuseIfAny } from '../wire/refusal.js';

const everywhere: readonly AccountClass[] = ['ASSET', 'EQUITY', 'EXPENSE', 'LIABILITY', 'REVENUE'];

/** PUT: makes a new rate; its TaxType is the next free `TAXnnn`. */
export function createTaxRate(context: RuleContext, input: TaxRateInput): TaxRate {
  const organisation = organisationOf(context);
  const components = componentsOf(input);
  refuseIfAny([
    !input.Name && 'The tax rate Name must be specified',
    components.length === 0 && 'A tax rate must have at least one TaxComponent',
    reportProblem(context, input.ReportTaxType),
  ]);
  context.books.organisations.put({ ...organisation, nextTaxNumber: organisation.nextTaxNumber + 1 });
  return save(context, {
    id: `TAX${String(organisation.nextTaxNumber).padStart(3, '0')}`,
    updatedAt: context.books.stamp(),
    name: input.Name ?? '',
    reportTaxType: input.ReportTaxType ?? null,
    components,
    status: 'ACTIVE',
    effectiveRate: effectiveRate(components),
    appliesTo: classesOf(input.ReportTaxType),
    system: false,
  });
}

/** POST: updates or deletes the rate that the TaxType, else the name points at, and makes one when none does. */
export function upsertTaxRate(context: RuleContext, input: TaxRateInput): TaxRate {
  const { taxRates } = context.tenant;
  const named = taxRates
    .by('name', (input.Name ?? '').toLowerCase())
    .find(({ status }) => status !== 'DELETED');
  const found = input.TaxType ? taxRates.get(input.TaxType) : named;
  if (!found)
    return input.TaxType
      ? refuse(`TaxType code '${input.TaxType}' does not exist`)
      : createTaxRate(context, input);
  if (found.system) refuse('System tax rates cannot be updated');
  const components = input.TaxComponents ? componentsOf(input) : found.components;
  const missing = found.components.filter((old) => !components.some(({ name }) => name === old.name));
  if (missing.length > 0) refuse('All existing tax components must be included when updating a tax rate');
  return save(context, {
    ...found,
    updatedAt: context.books.stamp(),
    name: input.Name ?? found.name,
    components,
    effectiveRate: effectiveRate(components),
    status: statusOf(input.Status) ?? found.status,
  });
}

function save({ tenant }: RuleContext, rate: TaxRate): TaxRate {
  const twins = tenant.taxRates.by('name', rate.name.toLowerCase());
  const taken = twins.some(({ id, status }) => id !== rate.id && status !== 'DELETED');
  refuseIfAny([
    taken && rate.status !== 'DELETED' && 'The tax rate name must be unique.',
    rate.components.filter(({ isCompound }) => isCompound).length > 1 &&
      'Only one component of a tax rate can be compound',
    ...rate.components.map(
      ({ rate: percent }) => !round(percent, 4).equals(percent) && 'A tax rate has at most 4 decimals',
    ),
    ...rate.components.map(({ name }) => name === '' && 'The TaxComponent Name must be specified'),
  ]);
  return tenant.taxRates.put(rate);
}

function componentsOf(input: TaxRateInput): TaxComponent[] {
  return (input.TaxComponents ?? []).map(
    ({ Name = '', Rate = '0', IsCompound = false, IsNonRecoverable = false }) => ({
      name: Name,
      rate: Rate,
      isCompound: IsCompound,
      isNonRecoverable: IsNonRecoverable,
    }),
  );
}

// AU, NZ and UK file their taxes by it; the others do not know it.
function reportProblem(context: RuleContext, reportTaxType: string | undefined): string | false {
  const { version } = organisationOf(context);
  const files = version !== 'GLOBAL' && version !== 'US';
  if (files) return !reportTaxType && 'ReportTaxType must be specified';
  return !!reportTaxType && 'ReportTaxType is not supported for this organisation';
}

// Where taxes are filed, a rate belongs to the side that it is reported on.
function classesOf(reportTaxType: string | undefined): readonly AccountClass[] {
  const type = reportTaxType?.toUpperCase() ?? '';
  if (type.includes('OUTPUT')) return everywhere.filter((one) => one !== 'EXPENSE');
  return type.includes('INPUT') ? everywhere.filter((one) => one !== 'REVENUE') : everywhere;
}

function statusOf(sent: string | undefined): TaxRate['status'] | undefined {
  const status = sent?.toUpperCase();
  if (status === undefined || status === 'ACTIVE' || status === 'DELETED') return status;
  return refuse(`Status '${sent}' is not valid for a tax rate`);
}
