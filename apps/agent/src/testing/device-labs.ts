import type { ApplyReport } from '@vethlab/protocol';
import type { Edit } from '@vethlab/topology';
import { expect } from 'vitest';
import type { SandboxedLab } from './sandboxed-lab.js';

/** What `ip -j -d link` says of an interface: a reader that shares nothing with ours. */
export interface IpLink {
  readonly ifname: string;
  readonly mtu: number;
  readonly flags: readonly string[];
  readonly master?: string;
  readonly link?: string;
  readonly linkinfo?: { readonly info_kind?: string; readonly info_data?: Readonly<Record<string, unknown>> };
}

export function linksIn(lab: SandboxedLab, namespace: string): ReadonlyMap<string, IpLink> {
  const links = lab.json<IpLink[]>('ip', '-j', '-d', '-n', namespace, 'link');
  return new Map(links.map((link) => [link.ifname, link]));
}

export function pings(lab: SandboxedLab, from: string, to: string, ...options: string[]): boolean {
  return lab.run('nsenter', `--net=/run/netns/${from}`, 'ping', '-c1', '-W2', ...options, to).status === 0;
}

/** An edit, as a client would send it, with nothing failed and nothing left to do. */
export async function applyCleanly(lab: SandboxedLab, edit: object): Promise<ApplyReport> {
  const report = await lab.edit(edit as Edit);
  expect(report.failures).toEqual([]);
  expect(report.differences).toEqual([]);
  await expectSettled(lab);
  return report;
}

/** The second plan is empty. */
export async function expectSettled(lab: SandboxedLab): Promise<void> {
  const { steps } = await lab.agent.request({ type: 'plan', diff: null });
  expect(steps.map(({ object, reason }) => `${object}: ${reason}`)).toEqual([]);
}
