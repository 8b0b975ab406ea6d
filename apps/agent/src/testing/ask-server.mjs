// Runs on a test's machine: asks a server there, whose loopback the test cannot reach. URL, token, then METHOD PATH BODY.
const [url = '', token = '', method = '', path = '', body] = process.argv.slice(2);
const response = await fetch(`${url}api/v1${path}`, {
  method,
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  ...(body === undefined ? {} : { body }),
});
process.stdout.write(JSON.stringify({ status: response.status, body: await response.json() }));
