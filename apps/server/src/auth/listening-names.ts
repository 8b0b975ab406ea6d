import { networkInterfaces } from 'node:os';

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'] as const;

/** What the server answers to: the exact `Host` headers and `Origin` headers. */
export interface ListeningNames {
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * The names a browser may use for this server. Anything else is another name that points here (DNS rebinding), and is
 * refused before routing. Names are compared as whole strings, never by pattern.
 */
export function listeningNames(host: string, port: number): ListeningNames {
  const names = new Set<string>([urlHost(host)]);
  if (isLoopback(host)) for (const name of loopbackNames) names.add(name);
  if (host === '0.0.0.0' || host === '::')
    for (const name of [...loopbackNames, ...machineAddresses()]) names.add(name);
  const hosts = [...names].map((name) => `${name}:${port}`);
  // Browsers leave the port out when it is the scheme's own.
  if (port === 80) hosts.push(...names);
  return { hosts: new Set(hosts), origins: new Set(hosts.map((name) => `http://${name}`)) };
}

/** An IPv6 address stands in brackets in URLs and Host headers. */
export function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function machineAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map((address) => urlHost(address.address)),
  );
}
