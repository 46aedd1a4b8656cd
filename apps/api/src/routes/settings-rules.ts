import type { ExpenseForm, OrganizationSettings } from '@sync/engine';
import { Problem } from '../http/problem.js';

type Booked = Partial<
  Pick<OrganizationSettings, 'expensesAs' | 'expensesAsByCategory' | 'expensesAsByMode'>
> & { directions?: Partial<OrganizationSettings['directions']> };

/** Refuses settings by which expenses would be booked as bills that do not flow: they would be nowhere in Xero. */
export function refuseBillsNowhere(settings: Booked): void {
  const { expensesAs, expensesAsByCategory = {}, expensesAsByMode = {}, directions } = settings;
  const forms: (ExpenseForm | undefined)[] = [
    expensesAs,
    ...Object.values(expensesAsByCategory),
    ...Object.values(expensesAsByMode),
  ];
  const bills = directions?.bills === 'off';
  const expenses = directions?.expenses === 'off' || directions?.expenses === 'to-crm';
  if (!forms.includes('bill') || !(bills || expenses)) return;
  throw new Problem(
    'INVALID_REQUEST',
    `directions.${bills ? 'bills' : 'expenses'}: does not flow into Xero, but expenses are to be booked as bills; ` +
      'set it to `to-xero`, or book expenses as `spend-money` everywhere',
  );
}
