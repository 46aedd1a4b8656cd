import type { BatchMember } from '@sync/engine';
import { memberResults, refusedMembers } from './results.js';

const ZERO = '00000000-0000-0000-0000-000000000000';
const MARKERS = ['a', 'b', 'c'].map((letter) => `0198a2b4-7c11-7d3e-9b1a-${letter.repeat(12)}`);

const members: BatchMember[] = MARKERS.map((marker, index) => ({
  bindingId: `binding-${index}`,
  marker,
  naturalKey: null,
  xeroId: null,
}));
const sent = members.map(({ marker }, index) => ({
  InvoiceNumber: `INV-${index}`,
  Url: `https://sync.example.com/r/${marker}`,
  Reference: 'PO 1',
}));
const batch = { entity: 'invoices' as const, members, sent };

function accepted(index: number) {
  return {
    ...sent[index],
    Type: 'ACCREC',
    InvoiceID: `id-${index}`,
    Status: 'AUTHORISED',
    Total: 1,
    TotalTax: 0,
  };
}

describe('the results of a write', () => {
  it('are told apart by marker, whatever their order, and a member that is not there is unknown', () => {
    expect(memberResults(batch, [accepted(2), accepted(0)])).toMatchObject([
      { bindingId: 'binding-0', state: 'accepted', record: { xeroId: 'id-0' } },
      { bindingId: 'binding-1', state: 'unknown' },
      { bindingId: 'binding-2', state: 'accepted', record: { xeroId: 'id-2' } },
    ]);
  });

  it('are told apart by the number where a refused element bears no marker', () => {
    const refused = {
      InvoiceID: ZERO,
      InvoiceNumber: 'INV-1',
      HasErrors: true,
      ValidationErrors: [{ Message: 'Invoice # must be unique.' }],
    };
    expect(memberResults(batch, [refused, accepted(0), accepted(2)])[1]).toMatchObject({
      state: 'refused',
      error: {
        kind: 'validation',
        code: 'INVOICE_NUMBER_TAKEN',
        meta: {
          number: 'INV-1',
          difference: 'Invoice # must be unique.',
          reason: 'Invoice # must be unique.',
        },
      },
    });
  });

  it('are unknown when two elements or two members claim the same', () => {
    const states = memberResults(batch, [accepted(0), { ...accepted(0), InvoiceID: 'id-9' }]).map(
      ({ state }) => state,
    );
    expect(states).toEqual(['unknown', 'unknown', 'unknown']);
    const twins = {
      ...batch,
      members: [members[0], members[0]].filter((member) => member !== undefined),
      sent: [{}, {}],
    };
    expect(memberResults(twins, [accepted(0)]).map(({ state }) => state)).toEqual(['unknown', 'unknown']);
  });

  it('take zeros for an id, and a flag without a sentence, for a refusal', () => {
    for (const change of [{ InvoiceID: ZERO }, { HasErrors: true }, { StatusAttributeString: 'ERROR' }]) {
      expect(memberResults(batch, [{ ...accepted(0), ...change }])[0]).toMatchObject({ state: 'refused' });
    }
  });

  it("find a line's own error", () => {
    const LineItems = [
      { ValidationErrors: [{ Message: "Account code '999' is not a valid code for this document." }] },
    ];
    expect(memberResults(batch, [{ ...accepted(0), LineItems }])[0]).toMatchObject({
      state: 'refused',
      error: { code: 'MAPPING_REFUSED_BY_XERO' },
    });
  });

  it('keep remarks on what was saved', () => {
    const warned = {
      ...accepted(0),
      StatusAttributeString: 'WARNING',
      Warnings: [{ Message: 'An odd rate.' }],
    };
    expect(memberResults(batch, [warned])[0]).toMatchObject({
      state: 'accepted',
      warnings: ['An odd rate.'],
    });
  });

  it('say of a refused call only what it says of faulty elements', () => {
    const faulty = { InvoiceNumber: 'INV-0', ValidationErrors: [{ Message: 'No.' }] };
    const states = refusedMembers(batch, [faulty, accepted(1)]).map(({ state }) => state);
    expect(states).toEqual(['refused', 'unknown', 'unknown']);
  });

  it('give an update to the member with its id, although its marker is nowhere', () => {
    const updated = [{ bindingId: 'b', marker: MARKERS[0] ?? '', naturalKey: null, xeroId: 'ID-7' }];
    const one = { entity: 'invoices' as const, members: updated, sent: [{ InvoiceID: 'ID-7' }] };
    expect(memberResults(one, [{ ...accepted(1), InvoiceID: 'id-7' }])[0]).toMatchObject({
      state: 'accepted',
    });
    expect(memberResults(one, [accepted(1)])[0]).toMatchObject({ state: 'unknown' });
  });
});
