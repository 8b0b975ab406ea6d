import { fileURLToPath } from 'node:url';

/**
 * A certificate of the tests alone, for localhost and lab.example, good for a hundred years. Its key lies beside it for
 * everybody to read: nothing may trust it. Made with
 * `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -addext subjectAltName=…`.
 */
export const testCertificate = {
  certFile: fileURLToPath(new URL('./localhost.cert.pem', import.meta.url)),
  keyFile: fileURLToPath(new URL('./localhost.key.pem', import.meta.url)),
};
