import { decimal, plain, taxSetKey, taxSetName } from '@sync/domain';
import {
  type CanonicalResult,
  type EncodeRequest,
  type EncodeResult,
  NO_KEYS,
  type XeroRecord,
} from '@sync/engine';
import { z } from 'zod';
import { inexpressible } from './canonical.js';
import { type CanonicalRequest, type Codec, encoded, refuse } from './codec.js';
import { toWire, wireNumber, wireText } from './wire-values.js';

/** What is read of a tax rate. */
export const taxRateWire = z.object({
  TaxType: z.string(),
  Name: wireText,
  Status: wireText,
  EffectiveRate: wireNumber.nullish(),
  CanApplyToRevenue: z.boolean().nullish(),
  TaxComponents: z
    .array(z.object({ Name: z.string(), Rate: wireNumber, IsCompound: z.boolean().nullish() }))
    .nullish(),
});

/** Tax sets ⇄ TaxRates. Xero knows a rate by its TaxType; the natural key is the set of its components. */
export const taxesCodec: Codec<'taxes'> = { encode, decode, canonical, refersTo: () => [] };

function encode({ action, record, xeroId }: EncodeRequest<'taxes'>): EncodeResult {
  const tax = taxSetName(record.components);
  const reason = record.components.map(({ rate }) => rateProblem(rate)).find((found) => found !== null);
  if (reason !== undefined) return refuse('TAX_RATE_INVALID', { tax, reason });
  return encoded({
    ...(action === 'update' && { TaxType: xeroId }),
    Name: tax,
    TaxComponents: record.components.map(({ name, rate }) => ({
      Name: name.trim(),
      Rate: toWire(plain(rate)),
      IsCompound: false,
    })),
  });
}

function rateProblem(rate: string): string | null {
  const exact = decimal(rate);
  if (exact.isNegative() && !exact.isZero()) return `its rate ${plain(rate)} is below zero`;
  if (exact.greaterThan('100')) return `its rate ${plain(rate)} is above 100 percent`;
  if (exact.decimalPlaces() > 4) return `its rate ${plain(rate)} has more than four decimals`;
  return null;
}

function decode(element: unknown): XeroRecord {
  const rate = taxRateWire.parse(element);
  const components = rate.TaxComponents?.map(({ Name, Rate }) => ({ name: Name, rate: Rate }));
  const compound = rate.TaxComponents?.some(({ IsCompound }) => IsCompound === true) ?? false;
  return {
    xeroId: rate.TaxType,
    keys: {
      ...NO_KEYS,
      // A compound rate is more than the sum of its parts, so it stands for no set of the CRM's.
      number: components === undefined || compound ? null : taxSetKey(components),
      name: rate.Name ?? null,
    },
    owned: {
      name: rate.Name,
      components: components?.map(({ name, rate: percent }) => ({ name, rate: percent })),
    },
    derived: { status: statusOf(rate.Status) },
    updatedAt: null,
  };
}

/** The tax set that a rate of a request or a reply stands for; null when it shows no components. */
export function decodeTaxKey(element: unknown): string | null {
  const parsed = taxRateWire.pick({ TaxComponents: true }).safeParse(element);
  const components = parsed.success ? parsed.data.TaxComponents : null;
  return components ? taxSetKey(components.map(({ Name, Rate }) => ({ name: Name, rate: Rate }))) : null;
}

function statusOf(status: string | null | undefined): XeroRecord['derived']['status'] {
  if (status === 'ARCHIVED') return 'archived';
  return status === 'DELETED' ? 'deleted' : 'active';
}

const ownedComponents = z.array(z.object({ name: z.string().min(1), rate: z.string() })).min(1);

/** A set of taxes is known by its key, in the CRM as anywhere. */
function canonical({ record, base }: CanonicalRequest<'taxes'>): CanonicalResult<'taxes'> {
  const components = ownedComponents.safeParse(record.owned['components']);
  const key = record.keys.number;
  if (key === null || !components.success) {
    return inexpressible('its parts compound, or it has none, so no set of taxes stands for it');
  }
  return { ok: true, record: base?.id === key ? base : { id: key, components: components.data } };
}
