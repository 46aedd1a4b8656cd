import type { ReferenceKind } from '../ports/crm.js';
import type { OrganizationSettings } from '../ports/organizations.js';

/** The settings that bear on the flow of reference data. */
export type ReferenceSettings = Pick<
  OrganizationSettings,
  'writeBack' | 'expenseCategoriesFromXero' | 'paymentModesFromXero' | 'createBankAccounts'
>;

/** Whether entries of this kind are made in the CRM. */
export function addsToCrm(settings: ReferenceSettings, kind: ReferenceKind): boolean {
  if (!settings.writeBack) return false;
  return kind === 'expense-category' ? settings.expenseCategoriesFromXero : settings.paymentModesFromXero;
}

/** Whether any reference data flows at all. */
export function referenceFlows(settings: ReferenceSettings): boolean {
  return (
    settings.createBankAccounts ||
    addsToCrm(settings, 'expense-category') ||
    addsToCrm(settings, 'payment-mode')
  );
}
