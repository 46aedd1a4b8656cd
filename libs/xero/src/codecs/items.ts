import { decimal, type Item, plain, taxSetKey, taxSetName } from '@sync/domain';
import {
  type CanonicalResult,
  type EncodeRequest,
  type EncodeResult,
  NO_KEYS,
  type XeroRecord,
} from '@sync/engine';
import { z } from 'zod';
import { keptTaxes, keptText, ownedText, referencesTo, taxSetsOf } from './canonical.js';
import { type CanonicalRequest, type Codec, encoded, refuse, sends } from './codec.js';
import { cut, fit, textOf, toWire, wireMoment, wireNumber, wireObject, wireText } from './wire-values.js';

const CODE_LENGTH = 30;
const NAME_LENGTH = 50;
const PRICE_DECIMALS = 4;

const itemWire = z.object({
  ItemID: z.string(),
  Code: wireText,
  Name: wireText,
  Description: wireText,
  SalesDetails: wireObject(
    z.object({ UnitPrice: wireNumber.nullish(), AccountCode: wireText, TaxType: wireText }).nullish(),
  ),
  UpdatedDateUTC: wireMoment,
});

/** Items ⇄ Items. The code is the natural key, and what a document's line refers to. */
export const itemsCodec: Codec<'items'> = {
  encode,
  decode,
  canonical,
  refersTo: (record) => referencesTo('taxes', [ownedText(record, 'taxType')]),
};

function encode(request: EncodeRequest<'items'>): EncodeResult {
  const { record, references } = request;
  const code = codeToSend(request);
  if (code.length > CODE_LENGTH) return refuse('ITEM_CODE_TOO_LONG', { code, length: code.length });
  const name = fit(record.name, NAME_LENGTH);
  if (name === '') return refuse('ITEM_NAME_MISSING');
  const taxType = references.taxTypes.get(taxSetKey(record.taxes));
  if (taxType === undefined && record.taxes.length > 0) {
    return refuse('TAX_NOT_MAPPED', { tax: taxSetName(record.taxes), key: taxSetKey(record.taxes) });
  }
  return encoded({
    ...(request.action === 'update' && { ItemID: request.xeroId }),
    Code: code,
    ...(sends(request, 'name') && { Name: name }),
    ...(sends(request, 'description') && { Description: descriptionOf(request) }),
    ...(sends(request, 'unitPrice', 'taxes') && { SalesDetails: salesDetails(request, taxType) }),
  });
}

/** Xero wants the code with every change: one that the CRM does not know, or did not change, stays as it is in Xero. */
function codeToSend({ action, changed, record, held = {} }: EncodeRequest<'items'>): string {
  const isTold = record.code !== null && sends({ action, changed }, 'code');
  const known = typeof held['code'] === 'string' ? held['code'] : null;
  return isTold ? codeOf(record) : (known ?? codeOf(record));
}

function descriptionOf({ action, record }: EncodeRequest<'items'>): string | undefined {
  const text = cut((record.description ?? '').trim(), 4000);
  return text === '' && action === 'create' ? undefined : text;
}

function salesDetails({ record, references }: EncodeRequest<'items'>, taxType: string | undefined) {
  return {
    UnitPrice: toWire(priceOf(record)),
    AccountCode: references.accounts.sales,
    ...(taxType !== undefined && { TaxType: taxType }),
  };
}

function decode(element: unknown): XeroRecord {
  const item = itemWire.parse(element);
  const price = item.SalesDetails?.UnitPrice;
  return {
    xeroId: item.ItemID,
    keys: { ...NO_KEYS, number: textOf(item.Code) ?? null, name: textOf(item.Name) ?? null },
    owned: {
      code: textOf(item.Code),
      name: textOf(item.Name),
      description: textOf(item.Description),
      unitPrice: price === null || price === undefined ? price : plain(price),
      accountCode: textOf(item.SalesDetails?.AccountCode),
      taxType: textOf(item.SalesDetails?.TaxType),
    },
    derived: { status: 'active' },
    updatedAt: item.UpdatedDateUTC,
  };
}

/** What lines refer to; an item without a code of its own gets one from its id. */
function codeOf({ code, id }: Item): string {
  return code ?? `ITEM-${id}`;
}

function priceOf({ unitPrice }: Item): string {
  return plain(decimal(unitPrice).toDecimalPlaces(PRICE_DECIMALS));
}

function canonical({ record, base, references }: CanonicalRequest<'items'>): CanonicalResult<'items'> {
  const taxSets = taxSetsOf(references, ownedText(record, 'taxType') ?? null);
  if ('ok' in taxSets) return taxSets;
  const [code, price] = [ownedText(record, 'code'), ownedText(record, 'unitPrice') ?? '0'];
  return {
    ok: true,
    record: {
      id: base?.id ?? '',
      code: base !== null && code === codeOf(base) ? base.code : (code ?? null),
      name: nameOf(record, base),
      description: keptText(base?.description, ownedText(record, 'description')),
      unitPrice: base !== null && priceOf(base) === price ? base.unitPrice : price,
      taxes: keptTaxes(base?.taxes, taxSets),
    },
  };
}

/** Xero needs no name; then the code is what people know. */
function nameOf(record: XeroRecord, base: Item | null): string {
  const held = ownedText(record, 'name');
  if (base !== null && (held === undefined || held === fit(base.name, NAME_LENGTH))) return base.name;
  return held ?? ownedText(record, 'code') ?? '';
}
