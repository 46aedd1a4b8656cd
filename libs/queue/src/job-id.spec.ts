import fc from 'fast-check';
import { newJobId } from './job-id.js';

describe('a job id', () => {
  it('is never one that BullMQ refuses: an integer, 0, or one with a colon', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 9_999_999_999_999_999n }), (digits) => {
        const id = newJobId(Buffer.from(digits.toString().padStart(16, '0'), 'hex'));
        expect(id).not.toMatch(/^\d+$|:/);
      }),
    );
  });

  it('differs each time', () => {
    expect(new Set(Array.from({ length: 1_000 }, () => newJobId())).size).toBe(1_000);
  });
});
