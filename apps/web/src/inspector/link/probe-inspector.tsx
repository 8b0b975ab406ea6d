import { formatInterval, type Probe, parseInterval, probeKey } from '@vethlab/topology';
import { Trash2 } from 'lucide-react';
import { deleteSelection } from '../../canvas/acts/delete-selection';
import { verdictWord } from '../../canvas/derive/describe';
import { probeState } from '../../canvas/derive/probe-state';
import { formatRtt } from '../../format/numbers';
import { labActions, livenessOf, useLabStore } from '../../lab';
import { Badge, Button } from '../../ui';
import { viewActions } from '../../view';
import { act } from '../fields/act';
import { checkInterval } from '../fields/checks';
import { DraftField } from '../fields/draft-field';
import { Section } from '../fields/section';
import { UpSwitch } from '../fields/up-switch';
import { Heading } from '../heading';

const tones = {
  waiting: 'waiting',
  answering: 'up',
  blocked: 'up',
  failing: 'failing',
  idle: 'neutral',
  unknown: 'neutral',
} as const;

/** A repeated ping: from where, to where, how often, and what becomes of it. */
export function ProbeInspector({ probe }: { readonly probe: Probe }): React.JSX.Element {
  const key = probeKey(probe);
  const liveness = useLabStore(livenessOf);
  const samples = useLabStore((lab) => (Object.hasOwn(lab.probes, key) ? lab.probes[key] : undefined));
  const state = probeState(samples ?? [], liveness, probe.expect);
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <Heading
        title={`${probe.from} → ${probe.to}`}
        what={`Ping, repeated${probe.vrf === undefined ? '' : `, in the VRF ${probe.vrf}`}`}
      />
      <Section title="Now">
        <div className="flex flex-wrap items-center gap-2">
          <Badge tone={tones[state.verdict]}>
            {state.verdict === 'failing' ? '✕ ' : state.verdict === 'blocked' ? '⊘ ' : ''}
            {verdictWord[state.verdict]}
          </Badge>
          {state.rttMs === null ? null : <span className="tabular-nums">{formatRtt(state.rttMs)}</span>}
          {samples === undefined || liveness === 'idle' ? null : (
            <span className="text-muted tabular-nums">{state.lossPercent} % loss</span>
          )}
        </div>
        {state.reason === null ? null : (
          <p className={state.verdict === 'blocked' ? 'text-muted' : 'text-failing'}>{state.reason}</p>
        )}
        <Button size="small" className="self-start" onClick={() => viewActions.openDock('pings')}>
          All pings
        </Button>
      </Section>
      <Section title="Ping">
        <DraftField
          label="Interval"
          mono
          hint="A number with ms or s"
          value={formatInterval(probe.intervalMs)}
          check={checkInterval}
          commit={(text) => {
            const parsed = parseInterval(text.trim());
            return parsed.ok ? labActions.edit({ type: 'set-probe', probe: key, intervalMs: parsed.value }) : null;
          }}
        />
        <UpSwitch
          label="Must have no answer"
          visibleLabel="Must have no answer"
          up={probe.expect === 'none'}
          onChange={(on) => void act({ type: 'set-probe', probe: key, expect: on ? 'none' : null })}
        />
        <Button className="self-start" onClick={() => void deleteSelection()}>
          <Trash2 className="size-4" aria-hidden="true" /> Remove ping
        </Button>
      </Section>
    </div>
  );
}
