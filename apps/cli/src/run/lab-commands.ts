import type { AgentProcess } from '@vethlab/sandbox';
import { commandEntries, commandKey, formatArguments, nodeEntries, type Topology } from '@vethlab/topology';

/**
 * Commands of a lab file run only when they were asked for: the file may be somebody else's. To be called before the lab is
 * given to the agent, which starts nothing by itself.
 */
export function allowOrTell(agent: Pick<AgentProcess, 'send'>, topology: Topology, isAllowed: boolean): void {
  const commands = nodeEntries(topology).flatMap(([node, value]) =>
    commandEntries(value).map(([name, command]) => ({ node, name, command })),
  );
  if (isAllowed) {
    agent.send({ type: 'allow-commands', keys: commands.map(({ command }) => commandKey(command)) });
    return;
  }
  const held = commands.filter(({ command }) => command.start === 'with-lab');
  if (held.length === 0) return;
  const lines = held.map(({ node, name, command: { run, vrf } }) => {
    return `  ${node} ${name}${vrf === undefined ? '' : ` in the VRF ${vrf}`}: ${formatArguments(run)}\n`;
  });
  process.stderr.write(
    `note: these commands of the lab were not started; --allow-commands starts them:\n${lines.join('')}`,
  );
}
