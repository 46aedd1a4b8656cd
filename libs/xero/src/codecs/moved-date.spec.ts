import { someReferences } from '../testing/references.js';
import { asDated, bookedReference, bookingOf } from './moved-date.js';

const MARKER = '0198a2b4-7c11-7d3e-9b1a-0a1b2c3d4e5f';
const NOTE = '(dated 2026-05-04 in the CRM)';

/** Where a record of 4 May goes while everything before July is locked. */
const booking = (
  change: Partial<Parameters<typeof bookingOf>[0]> = {},
  openFrom: string | null = '2026-07-01',
) =>
  bookingOf({
    action: 'create',
    changed: null,
    record: { date: '2026-05-04' },
    references: someReferences({ openFrom }),
    ...change,
  });

describe('the date of a locked period', () => {
  const moved = { movedTo: '2026-07-01' };

  it.each([
    ['is moved to the first open day', {}, { date: '2026-07-01', note: NOTE }],
    [
      'is none on the first open day itself',
      { record: { date: '2026-07-01' } },
      { date: '2026-07-01', note: null },
    ],
    [
      'leaves what was moved where it is, while the lock goes on',
      { action: 'update', changed: ['lines'], held: { movedTo: '2026-06-01' } },
      { date: '2026-06-01', note: NOTE },
    ],
    [
      'leaves what was never moved where it is',
      { action: 'update', changed: ['lines'], held: { date: '2026-05-04' } },
      { date: '2026-05-04', note: null },
    ],
    [
      'is given up with the note once the CRM has an open one',
      { action: 'update', changed: ['date'], held: moved, record: { date: '2026-07-09' } },
      { date: '2026-07-09', note: null },
    ],
    [
      'does not count for what is made anew after it was void',
      { held: { movedTo: '2026-02-01' } },
      { date: '2026-07-01', note: NOTE },
    ],
  ] as const)('%s', (_, change, expected) => {
    expect(booking(change)).toEqual(expected);
  });

  it('stays as it is where none is to be moved', () => {
    expect(booking({}, null)).toEqual({ date: '2026-05-04', note: null });
  });
});

describe('the note of it', () => {
  it('is read back as the date, and as no part of the reference', () => {
    const Reference = bookedReference(MARKER, 'PO 12', { note: NOTE });
    expect(Reference).toBe(`${MARKER} PO 12 ${NOTE}`);
    expect(asDated({ Date: '2026-07-01', Reference })).toEqual({
      marker: MARKER,
      text: 'PO 12',
      date: '2026-05-04',
      moved: { movedTo: '2026-07-01' },
    });
  });

  it('stands alone where there is no reference', () => {
    const Reference = bookedReference(null, null, { note: NOTE });
    expect(Reference).toBe(NOTE);
    expect(asDated({ Date: '2026-07-01', Reference })).toMatchObject({ text: null, date: '2026-05-04' });
  });

  it('is never cut off a long reference', () => {
    const Reference = bookedReference(MARKER, 'x'.repeat(300), { note: NOTE });
    expect(Reference).toHaveLength(255);
    expect(asDated({ Date: '2026-07-01', Reference })).toMatchObject({ marker: MARKER, date: '2026-05-04' });
  });

  it('is none where a person writes something like it', () => {
    const Reference = 'dated 2026-05-04';
    expect(asDated({ Date: '2026-07-01', Reference })).toEqual({
      marker: null,
      text: Reference,
      date: '2026-07-01',
      moved: {},
    });
  });
});
