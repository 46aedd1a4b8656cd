import { ISSUES, type IssueCode, issueEntry, SyncError } from '@sync/domain';
import { ENDED_BY_CRM, troubleOf } from './trouble.js';

const ofCrm = (Object.keys(ISSUES) as IssueCode[]).filter(
  (code) => code.startsWith('CRM_') && issueEntry(code).scope === 'organization',
);
const now = new Date('2026-11-20T10:00:00Z');

describe('trouble with the CRM', () => {
  it.each(ofCrm)('%s makes the organization stand still instead of failing every record', (code) => {
    expect(troubleOf(new SyncError('validation', 'It went wrong.', { code }), now)).toMatchObject({ code });
  });

  it('is tried again by itself and ends with a good answer, unless the CRM may be another one', () => {
    const probed = ofCrm.filter((code) => troubleOf(new SyncError('auth', 'x', { code }), now)?.probeAt);
    expect(probed.toSorted((a, b) => a.localeCompare(b))).toEqual(
      [...ENDED_BY_CRM].toSorted((a, b) => a.localeCompare(b)),
    );
    expect(ofCrm.filter((code) => !probed.includes(code))).toEqual(['CRM_REPLACED']);
  });

  it('promises another try each minute only where that may help', () => {
    expect(issueEntry('CRM_UNREACHABLE').advice).toContain('tried again every minute');
    expect(issueEntry('CRM_ADDRESS_REFUSED').advice).not.toContain('tried again');
  });
});
