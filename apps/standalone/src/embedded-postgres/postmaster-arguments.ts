/** Parameters of postgresql.conf, such as `{ fsync: 'off' }`. */
export type ServerSettings = Readonly<Record<string, string>>;

/** The command line of the server. `-D <folder> ` is how a later start knows the process for ours. */
export function postmasterArguments(options: {
  cluster: string;
  port: number;
  settings: ServerSettings;
}): string[] {
  const settings = { timezone: 'UTC', log_timezone: 'UTC', ...options.settings };
  // Loopback only, and no socket file: its path may be longer than the 107 bytes that a socket's may have.
  const listen = ['-p', String(options.port), '-h', '127.0.0.1', '-k', ''];
  const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', options.cluster, ...listen, ...parameters];
}
