import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { testCertificate } from '../testing/test-certificate.js';
import { StartUpError } from './start-up-error.js';
import { readTls, type TlsFiles } from './tls-files.js';

const folder = mkdtempSync(join(tmpdir(), 'vethlab-tls-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** The one line that it is refused with. */
function messageOf(files: Partial<TlsFiles>): string {
  try {
    readTls({ ...testCertificate, ...files });
  } catch (error) {
    expect(error).toBeInstanceOf(StartUpError);
    return (error as Error).message;
  }
  throw new Error('It was taken.');
}

const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

describe('certificate and key', () => {
  it('that belong together are read, with the exact names they are for', () => {
    const tls = readTls(testCertificate);
    expect(tls.cert).toContain('BEGIN CERTIFICATE');
    expect(tls.names).toEqual(['localhost', 'lab.example', '127.0.0.1', '::1']);
  });

  it('that are not there are told by file and option', () => {
    const missing = join(folder, 'none.pem');
    expect(messageOf({ certFile: missing })).toBe(
      `there is no such file · ${missing} · give --tls-cert a PEM file that you can read`,
    );
    expect(messageOf({ keyFile: missing })).toContain('give --tls-key');
    expect(messageOf({ certFile: folder })).toContain('this is a folder');
  });

  it('that the system does not give are told with its reason', () => {
    const loop = join(folder, 'loop.pem');
    symlinkSync(loop, loop);
    expect(messageOf({ keyFile: loop })).toMatch(/^the file cannot be read \(ELOOP.*\) · .*loop\.pem · give --tls-key/);
  });

  it('that are something else are told so', () => {
    expect(messageOf({ certFile: testCertificate.keyFile })).toContain('this is no certificate');
    expect(messageOf({ certFile: fileOf('empty.pem', '') })).toContain('this is no certificate');
    expect(messageOf({ keyFile: testCertificate.certFile })).toContain('this is no private key');
  });

  it('that do not belong together are told so, with both files', () => {
    const keyFile = fileOf('other.pem', otherKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    const message = messageOf({ keyFile });
    expect(message).toContain(`the key does not belong to the certificate ${testCertificate.certFile} · ${keyFile}`);
  });

  it('of which the key is locked by a passphrase are refused without asking for it', () => {
    const locked = otherKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' });
    expect(messageOf({ keyFile: fileOf('passphrase.pem', locked.toString()) })).toContain('passphrase');
  });
});
