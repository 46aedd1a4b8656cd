import { referenceEnvelope } from '../wire/envelopes.js';
import { broken, type CheckPlan, type Finding, kept } from './report.js';
import type { Inquiry, Path } from './survey.js';

/** Whether the CRM can be reached, answers JSON, and refuses who has no key. */
export function accessChecks(inquiry: Inquiry): CheckPlan[] {
  return [
    {
      name: 'reference.shape',
      advice:
        'Answer GET /v1/reference with baseCurrency, currencies and paymentModes (and expenseCategories, where there are expenses), as the contract describes them.',
      run: async () => {
        const { currencies, baseCurrency, paymentModes } = await inquiry.ask(
          '/v1/reference',
          referenceEnvelope,
        );
        if (!currencies.includes(baseCurrency))
          return broken(`currencies lacks the base currency ${baseCurrency}`);
        return kept(`${baseCurrency}, ${paymentModes.length} payment modes`);
      },
    },
    {
      name: 'answers.content-type',
      advice:
        'Send "Content-Type: application/json" with every answer; PHP sends text/html unless told otherwise.',
      run: async () => {
        const { contentType } = await inquiry.get('/v1/reference');
        const detail = `GET /v1/reference answered ${contentType || 'without a content type'}`;
        return contentType === 'application/json' ? kept(detail) : broken(detail);
      },
    },
    refusal(inquiry, 'access.no-key', null, 'without a key'),
    refusal(inquiry, 'access.wrong-key', 'not-the-key', 'with a wrong key'),
  ];
}

/** Errors must be told apart from data. */
export function errorChecks(inquiry: Inquiry): CheckPlan[] {
  return [
    errorCheck(inquiry, 'errors.unknown-entity', '/v1/nonsense/changes', [404]),
    errorCheck(inquiry, 'errors.invalid-cursor', '/v1/invoices/changes?cursor=not-a-cursor', [400, 410]),
    errorCheck(inquiry, 'errors.no-ids', '/v1/invoices', [400]),
    errorCheck(inquiry, 'errors.too-many-ids', `/v1/invoices?ids=${manyIds()}`, [400, 414]),
  ];
}

function refusal({ get }: Inquiry, name: string, key: string | null, how: string): CheckPlan {
  return {
    name,
    advice:
      'Check "Authorization: Bearer <key>" on every path, and answer 401 where the key is missing or unknown.',
    run: async () => {
      const statuses = await Promise.all(
        (['/v1/reference', '/v1/customers/changes', '/v1/customers?ids=1'] as const).map(async (path) => {
          const { status } = await get(path, key);
          return { path, status };
        }),
      );
      const open = statuses.find(({ status }) => status !== 401);
      return open === undefined
        ? kept('401')
        : broken(`GET ${open.path} ${how} answered ${open.status} instead of 401`);
    },
  };
}

function errorCheck({ get }: Inquiry, name: string, path: Path, statuses: readonly number[]): CheckPlan {
  return {
    name,
    advice: `Answer ${statuses.join(' or ')} with a problem document (Content-Type: application/problem+json).`,
    run: async (): Promise<Finding> => {
      const { status, contentType } = await get(path);
      const detail = `GET ${path.slice(0, 60)} answered ${status} ${contentType}`;
      return statuses.includes(status) && contentType === 'application/problem+json'
        ? kept(detail)
        : broken(detail);
    },
  };
}

function manyIds(): string {
  return Array.from({ length: 201 }, (_, at) => at + 1).join(',');
}
