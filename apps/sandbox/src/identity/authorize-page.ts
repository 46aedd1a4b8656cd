import type { Books } from '../books/books.js';
import type { App } from '../books/records.js';
import { empty, html, type Reply } from '../wire/reply.js';
import type { AuthorizationCodes } from './codes.js';
import { DEFAULT_USER } from './consent.js';

const knownScopes =
  /^(offline_access|openid|profile|email|accounting\.(contacts|settings|invoices|payments|banktransactions|attachments|manualjournals|budgets|journals|reports\.[a-z]+)(\.read)?)$/;

/** The page on which a person opens an organisation to an app. */
export interface AuthorizePage {
  /** `GET /identity/connect/authorize`: the question. */
  ask(query: URLSearchParams): Reply;
  /** `POST` of the same address: the answer, which sends the browser back to the app. */
  decide(query: URLSearchParams, form: URLSearchParams): Reply;
}

interface Request {
  readonly app: App;
  readonly redirectUri: string;
  readonly scope: string;
  readonly state: string;
}

export function createAuthorizePage(books: Books, codes: AuthorizationCodes): AuthorizePage {
  const read = (query: URLSearchParams, go: (request: Request) => Reply): Reply => {
    const request = readRequest(books, query);
    return 'status' in request ? request : go(request);
  };
  return {
    ask: (query) => read(query, (request) => html(200, question(books, request))),
    decide: (query, form) =>
      read(query, (request) => {
        const tenantId = form.get('tenant') ?? '';
        if (form.get('answer') !== 'allow') return back(request, { error: 'access_denied' });
        if (!books.organisations.get(tenantId)) return html(400, page('<p>Choose an organisation.</p>'));
        const { app, redirectUri, scope } = request;
        const code = { clientId: app.id, redirectUri, scope, userId: DEFAULT_USER, tenantIds: [tenantId] };
        return back(request, { code: codes.issue(code), scope });
      }),
  };
}

// Nothing is sent to an address that the app did not register: the person sees the error instead.
function readRequest(books: Books, query: URLSearchParams): Request | Reply {
  const app = books.apps.get(query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!app) return html(400, page('<p>Error: unauthorized_client. The client_id is not known.</p>'));
  const registered = app.redirectUris.length === 0 || app.redirectUris.includes(redirectUri);
  if (!registered || !URL.canParse(redirectUri)) {
    return html(400, page('<p>Error: invalid_request. The redirect_uri is not registered for this app.</p>'));
  }
  const scope = query.get('scope') ?? '';
  const request = { app, redirectUri, scope, state: query.get('state') ?? '' };
  if (query.get('response_type') !== 'code') return back(request, { error: 'unsupported_response_type' });
  if (scope === '' || !scope.split(' ').every((one) => knownScopes.test(one)))
    return back(request, { error: 'invalid_scope' });
  return request;
}

function back({ redirectUri, state }: Request, fields: Record<string, string>): Reply {
  const address = new URL(redirectUri);
  for (const [name, value] of Object.entries(fields)) address.searchParams.set(name, value);
  if (state !== '') address.searchParams.set('state', state);
  return empty(302, { location: address.href });
}

function question(books: Books, { app, scope }: Request): string {
  const choices = books
    .organisationsByAge()
    .map(({ id, name }, at) => {
      const checked = at === 0 ? ' checked' : '';
      return `<p><label><input type="radio" name="tenant" value="${id}"${checked}> ${escape(name)}</label></p>`;
    })
    .join('\n');
  return page(`<h1>${escape(app.name)} wants access to</h1>
<form method="post">
${choices}
<p>It asks for: ${escape(scope)}</p>
<p><button name="answer" value="allow">Allow access</button> <button name="answer" value="cancel">Cancel</button></p>
</form>`);
}

const page = (content: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Sandbox sign-in</title><meta name="viewport" content="width=device-width">
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem }</style></head>
<body>
<p>This is the sandbox, a stand-in for Xero. Nothing here is real.</p>
${content}
</body></html>`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
