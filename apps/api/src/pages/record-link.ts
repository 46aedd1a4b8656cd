import type { RequestHandler } from 'express';
import type { ApiDependencies } from '../dependencies.js';
import { idSchema } from '../schemas/basics.js';
import { deepLink } from './deep-link.js';
import { html, page } from './page.js';

async function find({ admin, stores }: Pick<ApiDependencies, 'admin' | 'stores'>, bindingId: unknown) {
  const id = idSchema.safeParse(bindingId);
  const binding = id.success ? await admin.binding(id.data) : null;
  if (binding === null) return null;
  return { ...binding, reference: await stores.organizations.reference(binding.organizationId) };
}

/**
 * `/r/{bindingId}`: the link that stands in documents of Xero. Behind the login; leads to the record in Xero, or says
 * on a plain page what it is, where Xero has no page for it (the sandbox has none at all).
 */
export function recordLink(
  dependencies: Pick<ApiDependencies, 'admin' | 'stores' | 'config'>,
): RequestHandler {
  const real = new URL(dependencies.config.xero.apiUrl).hostname === 'api.xero.com';
  return async (req, res) => {
    const binding = await find(dependencies, req.params['bindingId']);
    if (binding === null) {
      const body = html`<h1>No such record</h1><p>This link leads to no record; it may have been reset since.</p>`;
      res.status(404).type('html').send(page('No such record', body));
      return;
    }
    const { entity, crmId, xeroId, reference } = binding;
    const shortCode = reference?.data.organisation.shortCode ?? null;
    const link = real && xeroId !== null && shortCode !== null ? deepLink(entity, xeroId, shortCode) : null;
    if (link !== null) {
      res.redirect(302, link);
      return;
    }
    const body = html`<h1>A record of ${entity}</h1>
<table><tr><th>In the CRM</th><td>${crmId ?? 'not yet'}</td></tr><tr><th>In Xero</th><td>${xeroId ?? 'not yet'}</td></tr></table>`;
    res.type('html').send(page('Record', body));
  };
}
