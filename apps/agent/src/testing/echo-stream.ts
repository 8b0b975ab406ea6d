import type { SandboxedLab } from './sandboxed-lab.js';

/** Far longer than any hitch of a busy machine: a connection that is lost answers never. */
const lateS = 15;
const port = 9000;

/** Starts a server in a node that says back, at TCP port 9000, whatever it hears. */
export function serveEcho(lab: SandboxedLab, node: string): void {
  background(
    lab,
    node,
    `
import socket
s = socket.create_server(("0.0.0.0", ${port}))
while True:
  c, _ = s.accept()
  while (d := c.recv(100)): c.sendall(d)
`,
    '/run/echo-server.log',
  );
}

/** A connection that asks all the time, until an answer fails to come. */
export class EchoStream {
  constructor(
    private readonly lab: SandboxedLab,
    node: string,
    address: string,
  ) {
    background(
      lab,
      node,
      `
import socket, time
while True:
  try: c = socket.create_connection(("${address}", ${port}), ${lateS}); break
  except ConnectionRefusedError: time.sleep(0.02)
while True:
  c.sendall(b"x")
  print(c.recv(1), flush=True)
  time.sleep(0.02)
`,
      '/run/echo-client.log',
    );
  }

  /** Answers so far, on one connection. */
  answers(): number {
    return this.#said().split('\n').length - 1;
  }

  /** Waits for some more answers; throws with what the client said when they do not come. */
  async goesOn(): Promise<void> {
    const seen = this.answers();
    await this.lab.until(() => this.answers() > seen + 3, 'the stream goes on', 2 * lateS * 1000);
    const lines = new Set(this.#said().trim().split('\n'));
    if (lines.size !== 1) throw new Error([...lines].join('\n'));
  }

  #said(): string {
    return this.lab.run('cat', '/run/echo-client.log').stdout;
  }
}

function background(lab: SandboxedLab, node: string, program: string, log: string): void {
  const shell = `python3 -c '${program.replaceAll("'", '"')}' >${log} 2>&1 &`;
  const { status, stderr } = lab.run('nsenter', `--net=/run/netns/${node}`, 'sh', '-c', shell);
  if (status !== 0) throw new Error(stderr);
}
