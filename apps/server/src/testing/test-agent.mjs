// Speaks the protocol of agents and does nothing to a kernel: only for tests of how the server watches over agents.
// What it shall do wrong stands in the lab's name.

const send = (message) => process.send?.(message);
let name = '';
let inspectOrders = 0;

const report = (revision) => ({ revision, steps: 0, operations: 0, ms: 0, failures: [], differences: [], plan: [] });

const rows = (total) => ({ total, rows: [], problem: null });

function observed(topology) {
  const namespaces = Object.keys(topology.nodes).map((node, index) => [
    node,
    { inode: index + 1, forwarding: { ipv4: false, ipv6: false }, interfaces: {}, routes: [] },
  ]);
  return { type: 'observed', delta: { namespaces: Object.fromEntries(namespaces) } };
}

process.on('message', (message) => {
  switch (message.type) {
    case 'open':
      name = message.topology.name;
      if (name === 'dies at once') process.exit(7);
      if (name === 'speaks nonsense') {
        send({ type: 'observed', delta: { namespaces: { h1: { interfaces: { eth0: { mtu: 'large' } } } } } });
        send({ type: 'drift', items: 'many' });
      }
      send(observed(message.topology));
      send({ type: 'applied', report: report(message.revision) });
      break;
    case 'change':
      send({ type: 'applied', report: report(message.revision) });
      break;
    case 'plan':
      send({ type: 'plan', id: message.id, steps: [] });
      break;
    case 'repair':
      if (message.items?.[0] === 'never')
        send({ type: 'refused', id: message.id, code: 'test', detail: 'Not this one.' });
      else send({ type: 'repaired', id: message.id, report: report(0) });
      break;
    case 'reach':
      send({ type: 'reach-progress', id: message.id, done: 1, total: 2 });
      send({ type: 'reach', id: message.id, report: { nodes: ['h1'], cells: [], tookMs: 1 } });
      break;
    case 'inspect':
      inspectOrders += 1;
      for (const { node, sections } of message.wishes) {
        const pieces = Object.fromEntries(sections.map((section) => [section, rows(inspectOrders)]));
        send({ type: 'live', node, present: true, pieces });
      }
      break;
    case 'look': {
      const present = message.node !== 'nobody';
      const pieces = present ? Object.fromEntries(message.sections.map((section) => [section, rows(0)])) : {};
      send({ type: 'looked', id: message.id, reading: { node: message.node, present, pieces } });
      break;
    }
    case 'terminal-open':
      send({ type: 'terminal-opened', id: message.id, pid: 1, shell: '/bin/echo' });
      break;
    case 'terminal-input':
      // Says back what it hears, as a terminal does.
      send({ type: 'terminal-output', terminal: message.terminal, data: message.data });
      send({ type: 'terminal-taken', terminal: message.terminal, bytes: Buffer.from(message.data, 'base64').length });
      break;
    case 'watch':
      send({ type: 'log', level: 'info', message: `watched: ${message.counters}` });
      break;
    default:
      break;
  }
});
process.on('disconnect', () => process.exit(0));
send({ type: 'ready', protocol: 1, pid: process.pid });
