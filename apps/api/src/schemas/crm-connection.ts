import { type AddressRules, crmHostProblem, crmUrlProblem } from '@sync/crm';
import { z } from 'zod';
import { textSchema } from './basics.js';

/** Says why the CRM's own check would refuse an address, and whether leave to use private ones would help. */
function checkAddress<F extends string>(
  field: F,
  problemOf: (address: string, rules: AddressRules) => string | null,
) {
  return (
    given: Record<F, string> & AddressRules,
    context: { addIssue(issue: { code: 'custom'; path: string[]; message: string }): void },
  ) => {
    const problem = problemOf(given[field], given);
    if (problem === null) return;
    const allowed = problemOf(given[field], { allowPrivateAddresses: true }) === null;
    const leave = allowed ? ', unless allowPrivateAddresses is true' : '';
    context.addIssue({ code: 'custom', path: [field], message: `cannot be used: ${problem}${leave}` });
  };
}

const httpSchema = z
  .strictObject({
    kind: z.literal('http'),
    baseUrl: z.string().max(500).meta({
      description: 'https://, or http:// where private addresses are allowed; without login, "?" and "#"',
    }),
    apiKey: textSchema(500).regex(
      /^[\x21-\x7e]+$/,
      'must be letters, digits and signs of ASCII, without spaces',
    ),
    allowPrivateAddresses: z.boolean().default(false),
  })
  .superRefine(checkAddress('baseUrl', crmUrlProblem));

const perfexSchema = z
  .strictObject({
    kind: z.literal('perfex'),
    host: textSchema(253).regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or address'),
    port: z.number().int().min(1).max(65_535).default(3306),
    user: textSchema(100),
    password: z.string().max(500),
    database: textSchema(64),
    prefix: z
      .string()
      .regex(/^\w{0,32}$/, 'must be letters, digits and "_"')
      .default('tbl'),
    allowPrivateAddresses: z.boolean().default(false),
  })
  .superRefine(checkAddress('host', crmHostProblem));

/** How a CRM is reached; passwords and keys go in and never come out. */
export const crmConnectionSchema = z
  .discriminatedUnion('kind', [httpSchema, perfexSchema])
  .meta({ id: 'CrmConnection' });
