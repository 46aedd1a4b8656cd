import { SyncError } from '@sync/domain';
import { startWorld, type World } from './testing/sandbox-world.js';

describe('a bank account is made in the stand-in Xero', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.sandbox.close());

  const add = (name: string, idempotencyKey = name) =>
    world.session.addBankAccount({ name, number: 'CRM-2', idempotencyKey });
  const banks = async () => {
    const { data } = await world.session.reference();
    return data.accounts.filter(({ type }) => type === 'BANK').map(({ name }) => name);
  };

  it('with what Xero asks for, and read as an account like any other', async () => {
    const before = await banks();
    const result = await add('Petty Cash');
    expect(result).toMatchObject({
      state: 'added',
      account: { name: 'Petty Cash', type: 'BANK', active: true, takesPayments: true, currency: 'USD' },
    });
    expect(await banks()).toEqual([...before, 'Petty Cash']);
  });

  it('or refused with the reason that Xero gives, such as a name that is taken', async () => {
    await add('Petty Cash');
    const result = await add('petty cash', 'another key');
    expect(result).toMatchObject({
      state: 'refused',
      error: { kind: 'validation', meta: { reason: 'Please enter a unique Name.' } },
    });
  });

  it('once, though it is asked for twice under one key', async () => {
    const first = await add('Petty Cash');
    expect(await add('Petty Cash')).toEqual(first);
    expect((await banks()).filter((name) => name === 'Petty Cash')).toHaveLength(1);
  });

  it('or nobody knows whether it was: then its name says so', async () => {
    await world.control('faults', { rules: [{ kind: 'reset-after-commit', method: 'PUT', nth: 1 }] });
    const error = await add('Petty Cash').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SyncError);
    expect(error).toMatchObject({ kind: 'unknown-outcome' });
    expect(await banks()).toContain('Petty Cash');
  });
});
