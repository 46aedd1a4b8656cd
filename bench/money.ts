import { taxSetKey } from '@sync/domain';
import type { CallLog, EncodeRequest, References, XeroPort } from '@sync/engine';
import { createXero, type TokenSource } from '@sync/xero';
import { type Benchmark, elapsedMs, type Sample } from './benchmark.js';
import { generatedInvoices, TAX_SETS } from './generated-invoices.js';

/** Canonical invoices into Xero's wire form, to the cent: the one step that reckons with every amount. */
export const money: Benchmark = {
  about: 'encode 10,000 generated invoices for Xero: how many in a second',
  rounds: 7,
  size: 10_000,
  needs: [],
  open: (size) => {
    const xero = encodingXero();
    const requests = generatedInvoices(size).map(requestFor);
    return Promise.resolve({ round: () => encodeAll(xero, requests) });
  },
};

async function encodeAll(xero: XeroPort, requests: readonly EncodeRequest<'invoices'>[]): Promise<Sample[]> {
  let [parked, adjusted] = [0, 0];
  const ms = await elapsedMs(() => {
    for (const request of requests) {
      const result = xero.encode(request);
      if (!result.ok) parked += 1;
      else if (result.adjusted.taxCents + result.adjusted.roundingCents > 0) adjusted += 1;
    }
  });
  return [
    { figure: 'encoded', value: (requests.length / ms) * 1000, unit: 'invoices a second' },
    { figure: 'with cents adjusted', value: adjusted, unit: 'invoices' },
    { figure: 'parked', value: parked, unit: 'invoices' },
  ];
}

function requestFor(record: EncodeRequest<'invoices'>['record']): EncodeRequest<'invoices'> {
  return {
    entity: 'invoices',
    action: 'create',
    record,
    marker: `0198a2b4-7c11-7d3e-9b1a-${record.id.padStart(12, '0')}`,
    xeroId: null,
    changed: null,
    distinctName: false,
    references,
  };
}

const numbered = (count: number, name: string): Map<string, string> =>
  new Map(Array.from({ length: count }, (_, index) => [String(index + 1), `${name}-${index + 1}`]));

const references: References = {
  parents: new Map([
    ['customers', numbered(200, 'contact')],
    ['items', numbered(40, 'ITEM')],
  ]),
  taxTypes: new Map(TAX_SETS.map((set) => [taxSetKey(set), `T:${taxSetKey(set)}`])),
  purchaseTaxTypes: new Map(),
  accounts: { sales: '200', rounding: '860', expenses: null },
  expenseAccounts: new Map(),
  bankAccounts: new Map(),
  accountCurrencies: new Map(),
  publicUrl: 'https://sync.example.com',
  baseCurrency: 'USD',
  allowedCents: 5,
  invoiceStatus: 'AUTHORISED',
  openFrom: null,
};

/** Encoding is pure: an adapter that is never opened asks for no token and logs no call. */
function encodingXero(): XeroPort {
  const refuse = () => Promise.reject(new Error('encoding calls nobody'));
  const tokens: TokenSource = { accessToken: refuse, renew: refuse };
  const callLog: CallLog = {
    recent: refuse,
    countSince: refuse,
    started: refuse,
    finished: refuse,
    holdUntil: refuse,
    heldUntil: refuse,
  };
  const clock = { now: () => new Date(), sleep: refuse };
  return createXero({ apiUrl: 'https://api.xero.com', callLog, tokens, clock });
}
