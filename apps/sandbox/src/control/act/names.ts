const synonyms: Readonly<Record<string, string>> = {
  organization: 'organisation',
  customer: 'contact',
  vendor: 'contact',
  supplier: 'contact',
  taxe: 'tax',
  taxrate: 'tax',
  expense: 'banktransaction',
  refund: 'payment',
  creditapplication: 'allocation',
  currencie: 'currency',
  trackingcategory: 'tracking',
  trackingcategorie: 'tracking',
  brandingtheme: 'theme',
};

/** One name for what people write in many ways: `credit-notes`, `CreditNotes` and `creditnote` are the same. */
export function entityNamed(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replace(/s$/, '');
  return synonyms[name] ?? name;
}
