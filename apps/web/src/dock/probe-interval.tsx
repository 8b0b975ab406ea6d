import type { ProbeKey } from '@vethlab/topology';
import { labActions } from '../lab';
import { runEdit } from '../notices/tell-outcome';

const choices = [
  { intervalMs: 200, label: '200ms' },
  { intervalMs: 500, label: '500ms' },
  { intervalMs: 1_000, label: '1s' },
  { intervalMs: 5_000, label: '5s' },
  { intervalMs: 10_000, label: '10s' },
];

export interface ProbeIntervalProps {
  readonly probeKey: ProbeKey;
  readonly intervalMs: number;
  /** As the lab file writes it; any interval of a file is shown, beside the usual ones. */
  readonly label: string;
}

export function ProbeInterval({ probeKey, intervalMs, label }: ProbeIntervalProps): React.JSX.Element {
  const isUsual = choices.some((choice) => choice.intervalMs === intervalMs);
  return (
    <select
      aria-label={`Interval of the probe ${probeKey}`}
      value={intervalMs}
      onChange={(event) =>
        void runEdit(
          labActions.edit({ type: 'set-probe', probe: probeKey, intervalMs: Number(event.currentTarget.value) }),
        )
      }
      className="h-6 rounded border border-line bg-surface px-1 text-xs tabular-nums"
    >
      {isUsual ? null : <option value={intervalMs}>{label}</option>}
      {choices.map((choice) => (
        <option key={choice.intervalMs} value={choice.intervalMs}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
