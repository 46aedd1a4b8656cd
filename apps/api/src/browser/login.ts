import type { ApiConfig } from '@sync/config';
import type { Logger } from '@sync/observability';
import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express';
import { z } from 'zod';
import { Problem } from '../http/problem.js';
import { html, page } from '../pages/page.js';
import { type FormToken, formToken } from './form-token.js';
import { throttleLogins } from './login-throttle.js';
import { sameSecret } from './same-secret.js';
import { credentialOf, endSession, isAdmin, isSecure, renewSession } from './session.js';

const formSchema = z.object({
  token: z.string().max(200).catch(''),
  email: z.string().max(300).catch(''),
  password: z.string().max(300).catch(''),
  next: z.string().max(500).catch(''),
});

/** Only a path of ours: `//host` and `/\host` lead elsewhere. */
function safePath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/queues';
}

interface LoginPage {
  token: string;
  next: string;
  error?: string;
}

function loginPage({ token, next, error }: LoginPage): string {
  const note = error === undefined ? html`` : html`<p class="error" role="alert">${error}</p>`;
  const form = html`<form method="post" action="/login">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="next" value="${next}">
<label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="username" required autofocus>
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Log in</button>
</form>`;
  return page('Log in', html`<h1>Log in</h1>${note}${form}`);
}

function isRight({ admin }: ApiConfig, given: { email: string; password: string }): boolean {
  // Both are compared in any case, so that the time does not tell whether the e-mail exists.
  const email = sameSecret(given.email.trim().toLowerCase(), admin?.email.toLowerCase() ?? '');
  const password = sameSecret(given.password, admin?.password ?? '');
  return admin !== null && email && password;
}

type Options = { config: ApiConfig; log: Logger };

function show(tokens: FormToken, res: Response, status: number, content: Omit<LoginPage, 'token'>): void {
  res
    .status(status)
    .type('html')
    .send(loginPage({ ...content, token: tokens.issue(res) }));
}

function submit({ config, log }: Options, tokens: FormToken): RequestHandler {
  return async (req, res) => {
    const form = formSchema.parse(req.body ?? {});
    const next = safePath(form.next);
    if (!tokens.check(req, form.token)) {
      show(tokens, res, 403, { next, error: 'The form was too old or not from this page; try again.' });
      return;
    }
    const credential = credentialOf(config);
    if (credential === null || !isRight(config, form)) {
      log.warn({ action: 'login', outcome: 'refused' }, 'login refused');
      show(tokens, res, 401, { next, error: 'E-mail or password is wrong.' });
      return;
    }
    await renewSession(req, credential);
    log.info({ action: 'login', outcome: 'accepted' }, 'admin logged in');
    res.redirect(303, next);
  };
}

/** `/login` and `/logout`; runs behind the sessions and the check of the request's origin. */
export function loginRoutes(options: Options): Router {
  const { config } = options;
  const tokens = formToken({ secret: config.sessionSecret, secure: isSecure(config) });
  const router = Router();
  router.get('/login', (req, res) => show(tokens, res, 200, { next: safePath(req.query['next']) }));
  const form = urlencoded({ extended: false, limit: '10kb' });
  router.post('/login', ...throttleLogins(), form, submit(options, tokens));
  router.post('/logout', async (req: Request, res: Response) => {
    await endSession(req);
    res.redirect(303, '/login');
  });
  return router;
}

/** Lets only the admin pass: pages lead to the login, everything else is refused. */
export function demandAdmin(config: ApiConfig): RequestHandler {
  return (req, res, next) => {
    if (isAdmin(req, config)) {
      next();
      return;
    }
    const isPage =
      (req.method === 'GET' || req.method === 'HEAD') && !req.originalUrl.startsWith('/queues/api/');
    if (isPage) res.redirect(302, `/login?next=${encodeURIComponent(req.originalUrl)}`);
    else next(new Problem('UNAUTHENTICATED', 'Log in at /login first; this needs the session of an admin'));
  };
}
