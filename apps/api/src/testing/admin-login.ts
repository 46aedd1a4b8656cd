import type { ApiUnderTest } from './api-under-test.js';

/** The cookie of an admin who has logged in as a browser does: form, token, password. */
export async function adminCookie({ call, admin }: ApiUnderTest): Promise<string> {
  const form = await call('get /login?next=/queues');
  const token = /name="token" value="([^"]+)"/.exec(form.text)?.[1] ?? '';
  const before = form.headers.get('set-cookie')?.split(';')[0] ?? '';
  const answer = await call('post /login', {
    raw: new URLSearchParams({ token, ...admin, next: '/queues' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: before },
  });
  if (answer.status !== 303) throw new Error(`login answered ${answer.status}`);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}
