import { type NodeName, parseIpAddress, probeKey, type Topology } from '@vethlab/topology';
import { X } from 'lucide-react';
import { probeLabel, probeState } from '../../canvas/derive/probe-state';
import { labActions, livenessOf, useLabStore } from '../../lab';
import { IconButton } from '../../ui';
import { viewActions } from '../../view';
import { act } from '../fields/act';
import { checkTarget } from '../fields/checks';
import { DraftField } from '../fields/draft-field';
import { Section } from '../fields/section';

/** Repeated pings from this node. */
export function NodeProbes({ name, topology }: { readonly name: NodeName; readonly topology: Topology }) {
  const samples = useLabStore((lab) => lab.probes);
  const liveness = useLabStore(livenessOf);
  const probes = topology.probes.filter((probe) => probe.from === name);
  return (
    <Section title="Pings from here" count={probes.length}>
      {probes.map((probe) => {
        const key = probeKey(probe);
        const state = probeState(Object.hasOwn(samples, key) ? (samples[key] ?? []) : [], liveness, probe.expect);
        return (
          <div key={key} className="flex items-center gap-2">
            <button
              type="button"
              className="truncate rounded font-mono hover:underline"
              onClick={() => viewActions.reveal({ probes: [key] })}
            >
              {probe.to}
              {probe.vrf === undefined ? null : <span className="text-muted"> in {probe.vrf}</span>}
            </button>
            <span
              className={`flex-1 truncate text-right text-xs tabular-nums ${state.verdict === 'failing' ? 'text-failing' : 'text-muted'}`}
            >
              {probeLabel(state)}
            </span>
            <IconButton
              size="small"
              label={`Remove ping to ${probe.to}${probe.vrf === undefined ? '' : ` in ${probe.vrf}`}`}
              onClick={() => void act({ type: 'remove-probe', probe: key })}
            >
              <X />
            </IconButton>
          </div>
        );
      })}
      <DraftField
        label="Ping an address"
        labelHidden
        mono
        placeholder="Ping an address, 10.0.0.2"
        value=""
        clearAfter
        check={checkTarget}
        commit={(text) => {
          const parsed = parseIpAddress(text.trim());
          return parsed.ok ? labActions.edit({ type: 'add-probe', from: name, to: parsed.value }) : null;
        }}
      />
    </Section>
  );
}
