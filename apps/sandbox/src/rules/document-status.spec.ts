import type { DocumentStatus } from '../books/records.js';
import { ElementRefused } from '../wire/refusal.js';
import { firstStatus, nextStatus } from './document-status.js';

const all: readonly DocumentStatus[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'];

const step = (current: DocumentStatus, sent: string | undefined, setOff = false): DocumentStatus =>
  nextStatus({ current, sent, setOff, noun: 'Invoice' });

describe('The status machine of invoices', () => {
  it.each<[DocumentStatus, DocumentStatus[]]>([
    ['DRAFT', ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED']],
    ['SUBMITTED', ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED']],
    ['AUTHORISED', ['AUTHORISED', 'VOIDED']],
    ['VOIDED', []],
    ['DELETED', []],
  ])('lets %s become %j and nothing else', (from, allowed) => {
    const possible = all.filter((to) => {
      try {
        return step(from, to) === to;
      } catch (error) {
        expect(error).toBeInstanceOf(ElementRefused);
        return false;
      }
    });
    expect(possible.sort()).toEqual([...allowed].sort());
  });

  it('keeps the status when none is sent', () => {
    expect(step('AUTHORISED', undefined)).toBe('AUTHORISED');
  });

  it('refuses to void what is paid, in words that name the payments', () => {
    expect(() => step('AUTHORISED', 'VOIDED', true)).toThrow(
      /status VOIDED cannot be applied .* payments or credit notes/,
    );
    expect(() => step('PAID', 'VOIDED', true)).toThrow(/status VOIDED cannot be applied/);
  });

  it('keeps a paid invoice paid when its text is posted with the status it was written with', () => {
    expect(step('PAID', 'AUTHORISED', true)).toBe('PAID');
  });

  it.each(['PAID', 'VOIDED', 'DELETED', 'SENT'])('does not make a new invoice %s', (status) => {
    expect(() => firstStatus(status)).toThrow(ElementRefused);
  });
});
