import type { RequestHandler } from 'express';
import { html, page } from './page.js';

/** `/`: what runs here and where to go on. It tells strangers nothing of any organization. */
export function home(queues: 'redis' | 'postgres'): RequestHandler {
  const body = html`<h1>crm-xero-sync</h1>
<p>This service keeps a CRM and Xero in step: customers and vendors, items, invoices, payments, credit notes, expenses, purchase orders.</p>
<table>
<tr><th>API</th><td>running; <a href="/docs">documentation</a>, <a href="/openapi.json">OpenAPI</a></td></tr>
<tr><th>Queues</th><td>${queues === 'redis' ? 'in Redis' : 'in Postgres'}; <a href="/queues">Bull Board</a> (login)</td></tr>
<tr><th>Health</th><td><a href="/healthz">alive</a>, <a href="/readyz">ready</a></td></tr>
</table>`;
  const text = page('crm-xero-sync', body);
  return (_req, res) => void res.type('html').send(text);
}
