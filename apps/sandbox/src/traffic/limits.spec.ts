import { createClock } from '../clock.js';
import { LimitGate } from './limits.js';
import { mostWithin } from './call-log.js';

const setUp = (limits: Parameters<LimitGate['set']>[0]) => {
  const clock = createClock(() => 0);
  clock.setOffset(1_000_000);
  const gate = new LimitGate(clock);
  gate.set({ enabled: true, ...limits });
  const call = (tenant = 't', app = 'a') => {
    const admission = gate.admit(app, tenant);
    admission.close();
    return admission;
  };
  return { clock, gate, call };
};

describe('Limits', () => {
  it('refuses call 61 within a minute, says why and when to come again, and lets it in then', () => {
    const { clock, call } = setUp({});
    for (let at = 0; at < 60; at++) {
      expect(call().refusal).toBeNull();
      clock.advance(500);
    }
    const refusal = call().refusal;
    expect(refusal).toMatchObject({
      status: 429,
      body: '',
      headers: { 'X-Rate-Limit-Problem': 'minute', 'Retry-After': '30' },
    });
    clock.advance(29_999);
    expect(call().refusal).not.toBeNull();
    clock.advance(1);
    expect(call().refusal).toBeNull();
  });

  it('counts each tenant and each app for itself', () => {
    const { call } = setUp({ minute: 1 });
    expect(call('one').refusal).toBeNull();
    expect(call('two').refusal).toBeNull();
    expect(call('one', 'other app').refusal).toBeNull();
    expect(call('one').refusal).not.toBeNull();
  });

  it('does not count what it refuses', () => {
    const { clock, call } = setUp({ minute: 1 });
    call();
    clock.advance(59_000);
    call();
    clock.advance(1000);
    expect(call().refusal).toBeNull();
  });

  it('refuses a sixth open call without saying when to come again', () => {
    const { gate } = setUp({});
    const open = Array.from({ length: 5 }, () => gate.admit('a', 't'));
    const refusal = gate.admit('a', 't').refusal;
    expect(refusal?.headers).toEqual({ 'X-Rate-Limit-Problem': 'concurrent' });
    open[0]?.close();
    open[0]?.close();
    expect(gate.admit('a', 't').refusal).toBeNull();
    expect(gate.admit('a', 't').refusal).not.toBeNull();
  });

  it('counts a day', () => {
    const { clock, call } = setUp({ day: 2 });
    call();
    clock.advance(3_600_000);
    call();
    const { refusal, headers } = call();
    expect(refusal?.headers).toEqual({ 'X-Rate-Limit-Problem': 'day', 'Retry-After': String(23 * 3600) });
    expect(headers['X-DayLimit-Remaining']).toBe('0');
    clock.advance(23 * 3_600_000);
    expect(call().refusal).toBeNull();
  });

  it('counts a minute of the whole app over all tenants', () => {
    const { call } = setUp({ appMinute: 2 });
    call('one');
    call('two');
    expect(call('three').refusal?.headers['X-Rate-Limit-Problem']).toBe('appminute');
  });

  it('tells what remains with every call, and as if nothing were used while limits are off', () => {
    const { gate, call } = setUp({ minute: 3, day: 10, appMinute: 20 });
    call();
    expect(call().headers).toEqual({
      'X-MinLimit-Remaining': '1',
      'X-DayLimit-Remaining': '8',
      'X-AppMinLimit-Remaining': '18',
    });
    gate.set({ enabled: false });
    expect(call().headers['X-MinLimit-Remaining']).toBe('3');
  });
});

describe('The most calls within a span', () => {
  it.each([
    [[], 0],
    [[0, 10, 60_000], 3],
    [[0, 10, 60_001], 2],
    [[0, 0, 0, 120_000, 120_001], 3],
  ])('of %j is %i', (times, most) => {
    expect(mostWithin(times, 60_000)).toBe(most);
  });
});
