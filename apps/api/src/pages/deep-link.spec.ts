import { ENTITIES, type Entity } from '@sync/domain';
import { deepLink } from './deep-link.js';

const WITHOUT_PAGE: readonly Entity[] = ['taxes', 'items', 'credit-applications'];

describe('the page of a record in Xero', () => {
  it.each<[Entity, string]>([
    ['customers', '/Contacts/View/x-1'],
    ['vendors', '/Contacts/View/x-1'],
    ['invoices', '/AccountsReceivable/View.aspx?InvoiceID=x-1'],
    ['credit-notes', '/AccountsReceivable/ViewCreditNote.aspx?creditNoteID=x-1'],
    ['payments', '/Bank/ViewTransaction.aspx?bankTransactionID=x-1'],
    ['refunds', '/Bank/ViewTransaction.aspx?bankTransactionID=x-1'],
    ['expenses', '/Bank/ViewTransaction.aspx?bankTransactionID=x-1'],
    ['purchase-orders', '/Accounts/Payable/PurchaseOrders/View/x-1/'],
  ])('is there for %s', (entity, path) => {
    const link = new URL(deepLink(entity, 'x-1', '!a1') ?? '');
    expect(link.host).toBe('go.xero.com');
    expect(link.searchParams.get('shortcode')).toBe('!a1');
    expect(link.searchParams.get('redirecturl')).toBe(path);
  });

  it('is missing only for what has none', () => {
    expect(ENTITIES.filter((entity) => deepLink(entity, 'x-1', '!a1') === null)).toEqual(WITHOUT_PAGE);
  });

  it('cannot be led astray by an id', () => {
    const link = new URL(deepLink('customers', '../../evil?x=1', '!a1') ?? '');
    expect(link.searchParams.get('redirecturl')).toBe('/Contacts/View/..%2F..%2Fevil%3Fx%3D1');
  });
});
