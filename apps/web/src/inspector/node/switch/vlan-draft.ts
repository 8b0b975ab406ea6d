import { type Parsed, type PortVlan, portVlanDiagnostics, quoted, refused, vlanProblem } from '@vethlab/topology';
import type { Complaint } from '../../fields/use-draft';

export type VlanMode = 'none' | 'access' | 'trunk';

export function modeOf(vlan: PortVlan | undefined): VlanMode {
  if (vlan === undefined) return 'none';
  return 'access' in vlan ? 'access' : 'trunk';
}

/** What a port becomes when its mode is chosen: what it is in already, as far as that makes sense. */
export function inMode(mode: VlanMode, vlan: PortVlan | undefined): PortVlan | null {
  if (mode === 'none') return null;
  if (mode === modeOf(vlan)) return vlan ?? null;
  if (mode === 'access')
    return { access: vlan !== undefined && 'trunk' in vlan ? (vlan.native ?? vlan.trunk[0] ?? 10) : 10 };
  return { trunk: vlan !== undefined && 'access' in vlan ? [vlan.access] : [10] };
}

/** The number of one VLAN. */
export function parseVlan(text: string): Parsed<number> {
  const written = text.trim();
  if (!/^\d{1,5}$/.test(written))
    return refused('vlan.id', `${quoted(text)} is not the number of a VLAN: 1 to 4094.`, '10');
  const problem = vlanProblem(Number(written));
  return problem === null ? { ok: true, value: Number(written) } : { ok: false, problem };
}

/** `10, 20`; empty: none. */
export function parseVlans(text: string): Parsed<readonly number[]> {
  const ids: number[] = [];
  for (const word of text.split(/[\s,]+/).filter((one) => one !== '')) {
    const parsed = parseVlan(word);
    if (!parsed.ok) return parsed;
    ids.push(parsed.value);
  }
  return { ok: true, value: ids.sort((a, b) => a - b) };
}

export function vlansText(ids: readonly number[]): string {
  return ids.join(', ');
}

/** What is wrong with a port's VLANs as a whole: one that is there twice. */
export function complaintOf(vlan: PortVlan): Complaint | null {
  const [problem] = portVlanDiagnostics([], vlan, 'switch');
  return problem === undefined ? null : { text: problem.detail };
}
