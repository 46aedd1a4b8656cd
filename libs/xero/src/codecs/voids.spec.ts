import type { Entity } from '@sync/domain';
import { NO_KEYS, type XeroRecord } from '@sync/engine';
import { compose } from '../compose.js';
import { encodeVoid } from './voids.js';

const held = (status: XeroRecord['derived']['status'], owned: XeroRecord['owned'] = {}): XeroRecord => ({
  xeroId: 'x',
  keys: NO_KEYS,
  owned,
  derived: { status },
  updatedAt: null,
});

function sent(entity: Entity, record: XeroRecord) {
  const result = encodeVoid(entity, record);
  const [call] = compose({ entity, action: 'void', elements: [result.ok ? result.element : null] });
  return { ...call, expected: result.ok && result.expected.status };
}

describe('what takes a record out of the books', () => {
  it.each(['invoices', 'credit-notes'] as const)('%s: drafts are deleted, approved ones voided', (entity) => {
    for (const status of ['draft', 'submitted'] as const) {
      expect(sent(entity, held(status))).toMatchObject({
        body: expect.stringContaining('"DELETED"'),
        expected: 'deleted',
      });
    }
    expect(sent(entity, held('approved'))).toMatchObject({
      body: expect.stringContaining('"VOIDED"'),
      expected: 'voided',
    });
  });

  it.each<[Entity, string, string, string]>([
    ['payments', 'POST', '/Payments/x', '{"Status":"DELETED"}'],
    ['refunds', 'POST', '/Payments/x', '{"Status":"DELETED"}'],
    ['items', 'DELETE', '/Items/x', ''],
    ['credit-applications', 'DELETE', '/CreditNotes/note/Allocations/x', ''],
  ])('%s go one by one: %s %s', (entity, method, path, body) => {
    expect(sent(entity, held('approved', { creditNoteXeroId: 'note' }))).toMatchObject({
      method,
      path,
      body,
    });
  });

  it('contacts are archived, since Xero deletes none', () => {
    expect(sent('vendors', held('active'))).toMatchObject({
      path: '/Contacts?summarizeErrors=false',
      body: '{"Contacts":[{"ContactID":"x","ContactStatus":"ARCHIVED"}]}',
      expected: 'archived',
    });
  });

  it('several payments are as many calls, several invoices one', () => {
    const elements = (entity: Entity) =>
      ['a', 'b'].flatMap((xeroId) => {
        const result = encodeVoid(entity, { ...held('approved'), xeroId });
        return result.ok ? [result.element] : [];
      });
    const calls = (entity: Entity) => compose({ entity, action: 'void', elements: elements(entity) });
    expect(calls('payments').map(({ indexes }) => indexes)).toEqual([[0], [1]]);
    expect(calls('invoices').map(({ indexes }) => indexes)).toEqual([[0, 1]]);
  });

  it('an allocation of an unknown note is a defect', () => {
    expect(() => encodeVoid('credit-applications', held('approved'))).toThrow('credit note is not known');
  });
});
