import { explainFailure } from './explain-failure.js';

describe('explainFailure', () => {
  it.each([
    ['initdb: error: could not write: No space left on device', 'The disk is full'],
    ['postgres: could not access directory: Permission denied', 'this user owns the folder'],
    ['error while loading shared libraries: libicuuc.so.60', 'npm ci'],
    ['could not look up effective user ID 65534: user does not exist', 'start as an ordinary user'],
    ['FATAL: could not map anonymous shared memory: Cannot allocate memory', '--shm-size'],
    ['something never seen before', 'set DATABASE_URL'],
  ])('gives advice for: %s', (output, advice) => {
    const { message } = explainFailure({ what: 'Postgres did not start', where: '/data', output });
    expect(message).toContain(`Postgres did not start (in /data):\n${output}\n`);
    expect(message.split('\n').at(-1)).toContain(advice);
  });

  it('shows the faults, not the story that initdb tells around them', () => {
    const story = [
      'creating subdirectories ... ok',
      'FATAL:  could not extend file',
      'HINT:  Check free disk space.',
    ];
    const { message } = explainFailure({ what: 'Failed', where: '/data', output: story.join('\n') });
    expect(message).not.toContain('subdirectories');
    expect(message).toMatch(/HINT: .*\nThe disk is full/);
  });

  it('explains a failed system call and keeps it as the cause', () => {
    const cause = Object.assign(new Error('EROFS: read-only file system, mkdir'), { code: 'EROFS' });
    const error = explainFailure({ what: 'No data directory', where: '/data', cause });
    expect(error.message).toContain('a clone on a disk that can be written');
    expect(error.cause).toBe(cause);
  });
});
