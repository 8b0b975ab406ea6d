import { type Probe, probeKey } from '@vethlab/topology';
import { X } from 'lucide-react';
import { formatInterval, formatRtt, formatShare } from '../format/numbers';
import { labActions, livenessOf, useLabStore } from '../lab';
import { maxSamples } from '../lab/receive';
import { runEdit } from '../notices/tell-outcome';
import { classNames, EmptyState, IconButton } from '../ui';
import { useViewStore, viewActions } from '../view';
import { blockedWords, pingWords, probeFigures } from './ping-words';
import { ProbeForm } from './probe-form';
import { ProbeInterval } from './probe-interval';
import { RttChart } from './rtt-chart';
import { Sparkline } from './sparkline';

/** All probes with their last answers, and a new one. */
export function PingsPanel(): React.JSX.Element | null {
  const probes = useLabStore((lab) => lab.topology?.probes);
  const hasNodes = useLabStore((lab) => Object.keys(lab.topology?.nodes ?? {}).length > 0);
  if (probes === undefined) return null;
  return (
    <div className="flex h-full flex-col">
      {probes.length === 0 ? (
        <div className="min-h-0 flex-1 overflow-auto">
          <EmptyState title="No pings yet" command="ip netns exec h1 ping 10.0.0.2">
            A probe pings an address from a node, again and again, and shows the answer here and on the canvas.{' '}
            {hasNodes ? 'Choose a node and an address below.' : 'Add a node first.'}
          </EmptyState>
        </div>
      ) : (
        <>
          <div className="min-h-16 shrink overflow-auto">
            <table className="w-full table-fixed border-collapse text-left">
              <thead className="sticky top-0 z-[1] bg-surface text-xs text-muted">
                <tr className="border-b border-line [&>th]:px-3 [&>th]:py-1.5 [&>th]:font-medium">
                  <th scope="col" className="w-[22%]">
                    From → to
                  </th>
                  <th scope="col">State</th>
                  <th scope="col" className="w-24 text-right">
                    Last RTT
                  </th>
                  <th scope="col" className="w-20 text-right">
                    Loss
                  </th>
                  <th scope="col" className="w-56">
                    Last {maxSamples}
                  </th>
                  <th scope="col" className="w-28">
                    Every
                  </th>
                  <th scope="col" className="w-12">
                    <span className="sr-only">Remove</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {probes.map((probe) => (
                  <ProbeRow key={probeKey(probe)} probe={probe} />
                ))}
              </tbody>
            </table>
          </div>
          <ChosenChart probes={probes} />
        </>
      )}
      <div className="shrink-0 border-t border-line">
        <ProbeForm />
      </div>
    </div>
  );
}

/** The chart of the selected ping, or of the first, in the room that the rows leave; left out where it would be too low to read. */
function ChosenChart({ probes }: { readonly probes: readonly Probe[] }): React.JSX.Element | null {
  const selected = useViewStore((view) => view.selection.probes.at(-1));
  const probe = probes.find((one) => probeKey(one) === selected) ?? probes[0];
  const key = probe === undefined ? null : probeKey(probe);
  const samples = useLabStore((lab) => (key !== null && Object.hasOwn(lab.probes, key) ? lab.probes[key] : undefined));
  if (probe === undefined) return null;
  return (
    <div className="min-h-0 flex-1 basis-0 [container-type:size]">
      <div className="hidden h-full flex-col [@container(min-height:6rem)]:flex">
        <RttChart probe={probe} samples={samples ?? []} />
      </div>
    </div>
  );
}

const stateColours = {
  reply: 'text-up',
  blocked: 'text-up',
  failing: 'text-failing',
  waiting: 'text-waiting',
  none: 'text-muted',
} as const;

const notRunning = {
  state: 'none',
  shape: '□',
  word: 'Not running',
  why: 'The lab is not running: start it.',
} as const;

const noNews = {
  state: 'none',
  shape: '◌',
  word: 'No news',
  why: 'The connection is lost; these are the last answers.',
} as const;

function ProbeRow({ probe }: { readonly probe: Probe }): React.JSX.Element {
  const key = probeKey(probe);
  const samples = useLabStore((lab) => (Object.hasOwn(lab.probes, key) ? lab.probes[key] : undefined)) ?? [];
  const liveness = useLabStore(livenessOf);
  const selected = useViewStore((view) => view.selection.probes.includes(key));
  const last = samples.at(-1)?.outcome;
  const heard = pingWords(last, probe.from);
  const live = probe.expect === 'none' ? blockedWords(heard, last) : heard;
  const words = liveness === 'live' ? live : liveness === 'idle' ? notRunning : noNews;
  const figures = probeFigures(samples);
  return (
    <tr className={classNames('border-b border-line [&>td]:px-3 [&>td]:py-1', selected && 'bg-accent-soft')}>
      <td>
        <button
          type="button"
          className="max-w-full truncate font-mono text-xs hover:underline"
          onClick={() => viewActions.reveal({ probes: [key] })}
        >
          {probe.from} → {probe.to}
          {probe.vrf === undefined ? null : <span className="text-muted"> in {probe.vrf}</span>}
        </button>
      </td>
      <td>
        <span className={classNames('font-medium whitespace-nowrap', stateColours[words.state])}>
          <span aria-hidden="true">{words.shape} </span>
          {words.word}
        </span>
        {words.why === null ? null : <div className="text-xs text-muted">{words.why}</div>}
      </td>
      <td className="text-right tabular-nums whitespace-nowrap">
        {figures.lastRttMs === null ? '–' : formatRtt(figures.lastRttMs)}
      </td>
      <td className="text-right tabular-nums whitespace-nowrap">
        {figures.loss === null ? '–' : formatShare(figures.loss)}
      </td>
      <td>
        <Sparkline samples={samples} />
      </td>
      <td>
        <ProbeInterval probeKey={key} intervalMs={probe.intervalMs} label={formatInterval(probe.intervalMs)} />
      </td>
      <td className="text-right">
        <IconButton
          size="small"
          label={`Remove the probe from ${probe.from} to ${probe.to}`}
          tooltip="Remove this probe"
          onClick={() => void runEdit(labActions.edit({ type: 'remove-probe', probe: key }))}
        >
          <X />
        </IconButton>
      </td>
    </tr>
  );
}
