import { currencyCode } from '@sync/domain';
import { z } from 'zod';

/** An id of the CRM: it goes into addresses and comma-separated lists, so it holds no comma, space or slash. */
export const wireId = z
  .string()
  .regex(/^[A-Za-z0-9._~:-]{1,64}$/, 'must be text of 1 to 64 letters, digits and ". _ ~ : -"');

/** `GET /v1/reference` */
export const referenceEnvelope = z.object({
  baseCurrency: currencyCode,
  currencies: z.array(currencyCode),
  paymentModes: z.array(z.object({ id: wireId, name: z.string(), active: z.boolean().default(true) })),
  expenseCategories: z.array(z.object({ id: wireId, name: z.string() })).nullish(),
});

/** `GET /v1/{entity}/changes` */
export const changesEnvelope = z.object({
  changes: z.array(z.object({ id: wireId, deleted: z.boolean().optional() })),
  cursor: z.string().min(1).max(2000),
  more: z.boolean(),
});

/** `GET /v1/{entity}?ids=`; the records are read one by one, so that a bad one spoils no other. */
export const recordsEnvelope = z.object({ records: z.array(z.unknown()), missing: z.array(z.string()) });

/** What became of one write. */
export const writeResult = z.object({
  key: z.string(),
  state: z.enum(['written', 'changed', 'refused']),
  /** As the CRM holds it now; of what was written only. */
  record: z.unknown().optional(),
  code: z.string().nullish(),
  detail: z.string().nullish(),
});

/** `POST /v1/{entity}` */
export const writeEnvelope = z.object({ results: z.array(writeResult) });

/** `POST /v1/reference/…` */
export const addedEnvelope = z.object({ id: wireId });

/** `DELETE /v1/{entity}/{id}` */
export const removeEnvelope = z.object({
  state: z.enum(['removed', 'changed', 'refused']),
  code: z.string().nullish(),
  detail: z.string().nullish(),
});
