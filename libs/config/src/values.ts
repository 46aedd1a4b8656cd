import { z } from 'zod';

/** A whole number within bounds, as it stands in an environment. */
export function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

/** A name or an address to listen on, without a port. */
export const hostName = z
  .string()
  .regex(/^[A-Za-z0-9.:_-]{1,253}$/, 'must be a host name or address without a port, such as 127.0.0.1');

function parsed(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** A server's address in one of these schemes. Never repeats the value, which may hold a password. */
export function serverUrl(...schemes: readonly string[]) {
  const forms = schemes.map((scheme) => `${scheme}://…`).join(' or ');
  return z.string().refine((text) => schemes.some((scheme) => parsed(text)?.protocol === `${scheme}:`), {
    message: `must be an address of the form ${forms}`,
  });
}

/** True where nobody in between can read along: this machine, or a name that only a private network resolves. */
function staysPrivate({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\]|[a-z0-9-]+)$/i.test(hostname);
}

/** A base address of Xero without a slash at its end; tokens travel there, so anything beyond this network is https. */
export const xeroUrl = z
  .string()
  .refine(
    (text) => {
      const url = parsed(text);
      return url?.protocol === 'https:' || (url?.protocol === 'http:' && staysPrivate(url));
    },
    { message: 'must be an https:// address (http:// only for this machine or a private network)' },
  )
  .transform((text) => text.replace(/\/+$/, ''));

/** Scheme, host and port under which browsers reach the service, such as `https://sync.example.com`. */
export const origin = z
  .string()
  .refine(
    (text) => {
      const url = parsed(text);
      return (
        (url?.protocol === 'https:' || url?.protocol === 'http:') &&
        `${url.pathname}${url.search}${url.hash}${url.username}${url.password}` === '/'
      );
    },
    {
      message:
        'must be an http:// or https:// address without path, query or login, such as https://sync.example.com',
    },
  )
  .transform((text) => new URL(text).origin);
