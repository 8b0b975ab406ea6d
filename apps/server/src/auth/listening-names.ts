import { networkInterfaces } from 'node:os';

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'] as const;

/** What the server answers to: the exact `Host` headers and `Origin` headers. */
export interface ListeningNames {
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Exact names and addresses of the certificate; null: plain HTTP. */
  readonly certificateNames: readonly string[] | null;
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * The names a browser may use for this server. Anything else is another name that points here (DNS rebinding), and is
 * refused before routing. Names are compared as whole strings, never by pattern. The names of our certificate count: who
 * gave it to us says that they are ours.
 */
export function listeningNames({ host, port, certificateNames }: Listening): ListeningNames {
  const names = new Set<string>([urlHost(host)]);
  if (isLoopback(host)) for (const name of loopbackNames) names.add(name);
  if (host === '0.0.0.0' || host === '::')
    for (const name of [...loopbackNames, ...machineAddresses()]) names.add(name);
  for (const name of certificateNames ?? []) names.add(urlHost(name));
  const scheme = certificateNames === null ? 'http' : 'https';
  const hosts = [...names].map((name) => `${name}:${port}`);
  // Browsers leave the port out when it is the scheme's own.
  if (port === (scheme === 'http' ? 80 : 443)) hosts.push(...names);
  return { hosts: new Set(hosts), origins: new Set(hosts.map((name) => `${scheme}://${name}`)) };
}

/** The address to open, without the token. On all addresses with a certificate: under a name that it was made for. */
export function addressOf({ host, port, certificateNames }: Listening): string {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = (isEverywhere ? certificateNames?.[0] : undefined) ?? host;
  return `${certificateNames === null ? 'http' : 'https'}://${urlHost(name)}:${port}/`;
}

/** An IPv6 address stands in brackets in URLs and Host headers. */
function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function machineAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map((address) => urlHost(address.address)),
  );
}
