import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { StartUpError } from './start-up-error.js';

/** Where certificate and key of our own TLS are, as given on the command line. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** A certificate with its key, both as PEM, checked to belong together. */
export interface Tls {
  /** With the certificates that lead to it, as they stand in the file. */
  readonly cert: string;
  readonly key: string;
  /** Exact names and addresses it was made for; wildcards are left out, because names are compared as whole strings. */
  readonly names: readonly string[];
}

/**
 * Reads certificate and key.
 * @throws StartUpError with one line that names the file, what is wrong with it, and how to mend it
 */
export function readTls({ certFile, keyFile }: TlsFiles): Tls {
  const cert = readPem(certFile, '--tls-cert');
  const key = readPem(keyFile, '--tls-key');
  const certificate = parseCertificate(cert, certFile);
  const privateKey = parseKey(key, keyFile);
  if (!certificate.checkPrivateKey(privateKey)) {
    const mend = 'give the key that the certificate was made with';
    throw new StartUpError(`the key does not belong to the certificate ${certFile} · ${keyFile} · ${mend}`);
  }
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    // Too weak a key, say: OpenSSL knows why.
    const mend = 'make a new certificate';
    throw new StartUpError(`the certificate cannot be used (${(error as Error).message}) · ${certFile} · ${mend}`, {
      cause: error,
    });
  }
  return { cert, key, names: namesOf(certificate) };
}

function readPem(file: string, option: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const whats = new Map([
      ['ENOENT', 'there is no such file'],
      ['ENOTDIR', 'there is no such file'],
      ['EACCES', 'the file may not be read'],
      ['EPERM', 'the file may not be read'],
      ['EISDIR', 'this is a folder'],
    ]);
    const what = whats.get(code) ?? `the file cannot be read (${(error as Error).message})`;
    throw new StartUpError(`${what} · ${file} · give ${option} a PEM file that you can read`, { cause: error });
  }
}

function parseCertificate(text: string, file: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (error) {
    const mend = 'give --tls-cert a certificate as PEM, which begins with -----BEGIN CERTIFICATE-----';
    throw new StartUpError(`this is no certificate · ${file} · ${mend}`, { cause: error });
  }
}

function parseKey(text: string, file: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch (error) {
    const [what, mend] = text.includes('ENCRYPTED')
      ? ['the key is locked by a passphrase', 'give --tls-key one without, readable only for you']
      : ['this is no private key', 'give --tls-key a key as PEM, which begins with -----BEGIN PRIVATE KEY-----'];
    throw new StartUpError(`${what} · ${file} · ${mend}`, { cause: error });
  }
}

/** Node writes them as `DNS:localhost, IP Address:127.0.0.1`; what is in quotes there is no name that a browser opens. */
function namesOf(certificate: X509Certificate): string[] {
  return (certificate.subjectAltName ?? '').split(', ').flatMap((entry) => {
    const [, name] = /^(?:DNS|IP Address):([A-Za-z0-9.:-]+)$/.exec(entry) ?? [];
    return name === undefined ? [] : [canonical(name.toLowerCase())];
  });
}

/** An IPv6 address as browsers write it: `::1`, not `0:0:0:0:0:0:0:1`. */
function canonical(name: string): string {
  return name.includes(':') ? new URL(`http://[${name}]`).hostname.slice(1, -1) : name;
}
