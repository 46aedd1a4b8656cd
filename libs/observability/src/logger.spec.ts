import { createLogger, withCorrelationId } from './index.js';

function capture() {
  const lines: string[] = [];
  const log = createLogger({
    level: 'debug',
    role: 'spec',
    destination: { write: (line) => lines.push(line) },
  });
  const last = () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>;
  return { log, last, text: () => lines.join('\n') };
}

describe('the log', () => {
  it('keeps ids, counts, times and codes', () => {
    const { log, last } = capture();
    log.info(
      { organizationId: 'o1', entity: 'invoices', counts: { created: 2 }, durationMs: 5, code: 'X' },
      'done',
    );
    expect(last()).toMatchObject({
      role: 'spec',
      level: 'info',
      organizationId: 'o1',
      entity: 'invoices',
      counts: { created: 2 },
      durationMs: 5,
      code: 'X',
      msg: 'done',
    });
  });

  it('leaves out whatever is not known to be harmless, at any depth', () => {
    const { log, text } = capture();
    const canary = 'CANARY';
    log.info(
      {
        headers: { authorization: canary },
        body: canary,
        token: canary,
        name: canary,
        amount: canary,
        counts: { nested: { secret: canary } },
        list: [{ email: canary }],
        path: `/Contacts?where=Name=="${canary}"`,
        url: `https://user:${canary}@host/p?q=${canary}`,
      },
      'line',
    );
    expect(text()).not.toContain(canary);
    expect(text()).toContain('[left out]');
  });

  it('logs errors with their causes but without what drivers hang on them', () => {
    const { log, last, text } = capture();
    const cause = Object.assign(new Error('connect postgres://u:CANARY@db failed, Bearer CANARY'), {
      parameters: ['CANARY'],
      config: { headers: { authorization: 'CANARY' } },
      code: '53300',
    });
    log.warn({ err: new Error('cannot', { cause }) }, 'failed');
    expect(last()).toMatchObject({ err: { type: 'Error', message: 'cannot', cause: { code: '53300' } } });
    expect(text()).not.toContain('CANARY');
  });

  it('carries the correlation id across awaits', async () => {
    const { log, last } = capture();
    await withCorrelationId('c-1', async () => {
      await Promise.resolve();
      log.info('inside');
    });
    expect(last()).toMatchObject({ correlationId: 'c-1' });
    log.info('outside');
    expect(last()).not.toHaveProperty('correlationId');
  });

  it('cannot be forged with line breaks', () => {
    const { log, text } = capture();
    log.info({ path: '/a\n{"level":"fatal"}' }, 'line');
    expect(text().trim().split('\n')).toHaveLength(1);
  });
});
