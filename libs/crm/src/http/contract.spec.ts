import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CRM_ENTITIES, type CrmEntity } from '@sync/domain';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import express from 'express';
import { parse } from 'yaml';
import { z } from 'zod';
import { createSampleCrm, SAMPLE_CRM_KEY } from '../../../../apps/sandbox/src/crm/index.js';
import { makeRecords } from '../../../../apps/sandbox/src/crm/seed/index.js';
import { encoders } from './encode/index.js';
import { wireWrite } from './order.js';
import { decoders, writtenDecoders } from './wire/index.js';

const document: unknown = parse(readFileSync(join(__dirname, '../../../../docs/crm-contract.yaml'), 'utf8'));
const described = z.object({
  components: z.object({
    schemas: z.record(z.string(), z.looseObject({ examples: z.array(z.unknown()).optional() })),
  }),
});
const { schemas } = described.parse(document).components;
const NAMES: Record<CrmEntity, string> = {
  taxes: 'Tax',
  customers: 'Customer',
  vendors: 'Vendor',
  items: 'Item',
  invoices: 'Invoice',
  'credit-notes': 'CreditNote',
  'credit-applications': 'CreditApplication',
  payments: 'Payment',
  refunds: 'Refund',
  expenses: 'Expense',
  'purchase-orders': 'PurchaseOrder',
};

const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
ajv.addSchema({ $id: 'contract', ...(document as object) });

const validators = new Map<string, ReturnType<typeof ajv.compile>>();

function problems(name: string, value: unknown): string[] {
  const validate = validators.get(name) ?? ajv.compile({ $ref: `contract#/components/schemas/${name}` });
  validators.set(name, validate);
  return validate(value)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

const records = makeRecords({ size: 200, seed: 9, currencies: true }, new Date('2026-11-20T12:00:00Z'));

/** A record as it is sent: its fields, as a new record, and as one that does not change. */
function written<E extends CrmEntity>(entity: E, id: string, raw: unknown) {
  const reading = writtenDecoders[entity](id, raw);
  if (reading.state !== 'found') throw new Error(reading.state);
  const { record } = reading;
  const made = wireWrite(entity, { key: 'a:1', crmId: null, record, was: null }, undefined);
  const changed = wireWrite(entity, { key: 'a:1', crmId: id, record, was: record }, raw);
  return { wire: encoders[entity](record), made, changed };
}

describe.each(CRM_ENTITIES)('%s', (entity) => {
  test('the sample CRM answers what the document describes', () => {
    expect(records[entity].flatMap((record) => problems(NAMES[entity], record))).toEqual([]);
  });

  test('the example of the document is read', () => {
    const examples = schemas[NAMES[entity]]?.examples ?? [];
    expect(examples).toHaveLength(1);
    expect(examples.flatMap((example) => problems(NAMES[entity], example))).toEqual([]);
    expect(decoders[entity]('1', examples[0])).toMatchObject({ state: 'found' });
  });

  test('whatever the adapter needs, the document requires', () => {
    const [record] = records[entity];
    for (const field of Object.keys(record ?? {})) {
      const { [field]: _, ...rest } = Object(record) as Record<string, unknown>;
      const read = decoders[entity]('1', rest).state;
      if (problems(NAMES[entity], rest).length === 0) expect([field, read]).toEqual([field, 'found']);
    }
  });

  test('what the adapter writes is what the document describes', () => {
    for (const raw of records[entity]) {
      const { wire, made, changed } = written(entity, raw.id, raw);
      expect(problems(NAMES[entity], { ...raw, ...wire })).toEqual([]);
      expect(problems('Writes', { writes: [made, changed] })).toEqual([]);
      expect([changed.record, changed.was]).toEqual([raw, raw]);
    }
  });
});

test('what the sample CRM answers to writes is what the document describes', async () => {
  const sample = createSampleCrm({ clock: { now: () => new Date('2026-11-20T12:00:00Z') } });
  sample.seed({ size: 20, seed: 9 });
  const server = createServer(express().use(sample.router)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const send = async (method: string, path: string, body: object): Promise<unknown> => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/${path}`;
    const headers = { authorization: `Bearer ${SAMPLE_CRM_KEY}` };
    return (await fetch(url, { method, headers, body: JSON.stringify(body) })).json();
  };
  const customer = { key: 'k', id: null, record: { company: 'New Ltd' }, was: null };
  const nobody = { ...customer, key: 'l', record: {} };
  const changed = { ...customer, key: 'm', id: '1', was: { company: 'Old Ltd' } };
  const answer = await send('POST', 'customers', { writes: [customer, nobody, changed] });
  expect(Object(answer).results).toMatchObject([
    { state: 'written' },
    { state: 'refused' },
    { state: 'changed' },
  ]);
  expect(problems('WriteResults', answer)).toEqual([]);
  const removed = await send('DELETE', 'payments/1?key=k', { was: { id: '1' } });
  expect(problems('RemoveResult', removed)).toEqual([]);
  expect(problems('Problem', await send('POST', 'customers', {}))).toEqual([]);
  server.closeAllConnections();
  server.close();
});
