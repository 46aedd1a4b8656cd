import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { describeWithFacts, FACTS_DIR } from '../testing/facts.js';
import { readWebhook } from './read-webhook.js';
import { isSignedByXero } from './signature.js';

const KEY = 'webhook-key';
const bytes = (body: unknown) => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
const sign = (body: Buffer, key = KEY) => createHmac('sha256', key).update(body).digest('base64');

const event = {
  resourceUrl: 'https://api.xero.com/api.xro/2.0/Invoices/i-1',
  resourceId: 'i-1',
  tenantId: 't-1',
  tenantType: 'ORGANISATION',
  eventCategory: 'INVOICE',
  eventType: 'UPDATE',
  eventDateUtc: '2026-11-20T01:02:03.456',
};

describe('the signature of a webhook', () => {
  const body = bytes('{ "events": [],  "entropy": "ABC" }');

  it('is that of the very bytes that came', () => {
    expect(isSignedByXero(body, sign(body), KEY)).toBe(true);
    const reformatted = bytes(JSON.stringify(JSON.parse(body.toString())));
    expect(isSignedByXero(reformatted, sign(body), KEY)).toBe(false);
  });

  it('is refused when it is another one, missing, cut, or made with another key', () => {
    const others = [
      sign(body, 'other'),
      undefined,
      '',
      sign(body).slice(0, -1),
      `${sign(body)}=`,
      'ü'.repeat(44),
    ];
    expect(others.filter((signature) => isSignedByXero(body, signature, KEY))).toEqual([]);
  });

  it('is refused where no key is set, whatever it is', () => {
    expect(isSignedByXero(body, sign(body, 'x'), '')).toBe(false);
  });
});

describe('a webhook', () => {
  it('tells which record of which tenant may have changed, and when by Xero’s clock', () => {
    expect(readWebhook(bytes({ events: [event], entropy: 'A' }))).toEqual({
      events: [
        { tenantId: 't-1', category: 'INVOICE', resourceId: 'i-1', at: new Date('2026-11-20T01:02:03.456Z') },
      ],
      unreadable: 0,
    });
  });

  it('may tell of nothing, when Xero tries whether somebody listens', () => {
    expect(readWebhook(bytes({ events: [] }))).toEqual({ events: [], unreadable: 0 });
  });

  it('is not lost for one event in another form, and says so', () => {
    const odd = { ...event, resourceId: 7 };
    expect(
      readWebhook(bytes({ events: [odd, event, { ...event, eventCategory: 'SUBSCRIPTION' }] })),
    ).toMatchObject({
      events: [{ category: 'INVOICE' }, { category: 'SUBSCRIPTION' }],
      unreadable: 1,
    });
  });

  it('leaves out credit notes of suppliers, of which it says so itself', () => {
    const note = { ...event, eventCategory: 'CREDITNOTE' };
    const events = ['ACCPAYCREDIT', 'ACCRECCREDIT'].map((Type) => ({ ...note, data: { Type } }));
    expect(readWebhook(bytes({ events }))?.events).toHaveLength(1);
  });

  it.each(['', 'no json', '[]', '{"events":null}'])('of "%s" is none', (body) => {
    expect(readWebhook(bytes(body))).toBeNull();
  });
});

const SPEC = 'spec/xero-webhooks.yaml';

describeWithFacts(SPEC, "a webhook of Xero's published description", () => {
  it('is read, each example of it', () => {
    const described = z.object({
      value: z.object({ events: z.array(z.looseObject({ resourceId: z.string() })) }),
    });
    const examples: z.infer<typeof described>[] = [];
    const seek = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const found = described.safeParse(value);
      if (found.success) examples.push(found.data);
      for (const part of Object.values(value)) seek(part);
    };
    seek(parse(readFileSync(resolve(FACTS_DIR, SPEC), 'utf8')));
    expect(examples.length).toBeGreaterThan(0);
    for (const { value } of examples) {
      expect(readWebhook(bytes(value))).toMatchObject({ unreadable: 0 });
    }
  });
});
