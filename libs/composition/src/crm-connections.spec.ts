import type { CrmConnectionConfig } from '@sync/engine';
import { createCrmConnections } from './crm-connections.js';

describe('the CRMs of all organizations', () => {
  const http = {
    kind: 'http',
    baseUrl: 'https://crm.example',
    apiKey: 'k',
    allowPrivateAddresses: false,
  } as const;
  const unused = (): never => {
    throw new Error('not asked for here');
  };
  const fingerprints = () => ({ buckets: unused, records: unused, save: unused });
  const clock = { now: () => new Date(), sleep: unused };

  it('are opened once for all who share a connection, even if they ask at the same time', async () => {
    const crms = createCrmConnections({ admin: { crmConfig: async () => http }, fingerprints, clock });
    const [one, two] = await Promise.all([
      crms.of({ crmConnectionId: 'a' }),
      crms.of({ crmConnectionId: 'a' }),
    ]);
    expect(two).toBe(one);
    expect(await crms.of({ crmConnectionId: 'a' })).toBe(one);
    expect(await crms.of({ crmConnectionId: 'b' })).not.toBe(one);
    await crms.close();
  });

  it('are opened anew, once, when their configuration was changed', async () => {
    let config: CrmConnectionConfig = http;
    const crms = createCrmConnections({ admin: { crmConfig: async () => config }, fingerprints, clock });
    const before = await crms.of({ crmConnectionId: 'a' });
    config = { ...http, apiKey: 'another' };
    const [one, two] = await Promise.all([
      crms.of({ crmConnectionId: 'a' }),
      crms.of({ crmConnectionId: 'a' }),
    ]);
    expect(one).not.toBe(before);
    expect(two).toBe(one);
    await crms.close();
  });

  it('are tried again if they could not be opened', async () => {
    let asked = 0;
    const crmConfig = async () => {
      asked += 1;
      if (asked === 1) throw new Error('no key to decrypt it');
      return http;
    };
    const crms = createCrmConnections({ admin: { crmConfig }, fingerprints, clock });
    await expect(crms.of({ crmConnectionId: 'a' })).rejects.toThrow('no key');
    expect((await crms.of({ crmConnectionId: 'a' })).entities).toContain('customers');
    await crms.close();
  });
});
