import { Play, RefreshCw, X } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { formatCount, formatMs } from '../format/numbers';
import { labActions, useLabStore } from '../lab';
import { Button, EmptyState, Segmented } from '../ui';
import { ReachMatrix } from './reach-matrix';
import { reachActions, useReach } from './reach-store';
import { reachCounts, reachRows } from './reach-table';

/** A burst of edits is followed by one sweep. */
const settleMs = 300;

/** All hosts to all hosts, swept again as the kernel changes. */
export function ReachabilityPanel(): React.JSX.Element {
  const family = useReach((reach) => reach.family);
  const report = useReach((reach) => reach.reports.get(reach.family));
  const running = useReach((reach) => reach.running);
  const problem = useReach((reach) => reach.problem);
  const cancelled = useReach((reach) => reach.cancelled);
  const follow = useReach((reach) => reach.follow);
  const labRuns = useLabStore((lab) => lab.run.state === 'running' && lab.progress === null);
  const runState = useLabStore((lab) => lab.run.state);
  const rows = useMemo(() => (report === undefined ? null : reachRows(report)), [report]);
  useFollowingSweep(labRuns && follow);
  if (runState !== 'running') {
    return (
      <EmptyState
        title="The lab is not running"
        command="ip netns exec h1 ping -c 1 10.0.0.2"
        action={
          runState === 'stopped' || runState === 'failed' ? (
            <Button size="small" variant="primary" onClick={() => void labActions.start()}>
              <Play aria-hidden="true" className="size-3" /> Start
            </Button>
          ) : undefined
        }
      >
        When it runs, every host pings every other one, and the answers are shown as one picture.
      </EmptyState>
    );
  }
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-3 border-b border-line px-3 py-1">
        <Segmented
          label="Address family"
          value={family === 4 ? 'ipv4' : 'ipv6'}
          onValueChange={(value) => reachActions.setFamily(value === 'ipv4' ? 4 : 6)}
          items={[
            { value: 'ipv4', label: 'IPv4' },
            { value: 'ipv6', label: 'IPv6' },
          ]}
        />
        <span role="status" className="min-w-0 flex-1 truncate text-muted tabular-nums">
          {problem !== null
            ? `✕ ${problem}`
            : running !== null
              ? running.total === 0
                ? 'Asking…'
                : `${formatCount(running.done)} of ${formatCount(running.total)} pings`
              : rows === null || report === undefined
                ? cancelled
                  ? 'Cancelled.'
                  : ''
                : `${cancelled ? 'Cancelled; the check before it: ' : ''}${summary(rows, report.tookMs)}`}
        </span>
        <label className="flex items-center gap-1.5 text-xs text-muted">
          <input
            type="checkbox"
            className="accent-accent"
            checked={follow}
            onChange={(event) => reachActions.setFollow(event.currentTarget.checked)}
          />
          Again after each change
        </label>
        {/* Beside each other, never one in the place of the other: a sweep begins by itself, also under a finger on its way. */}
        <Button
          size="small"
          variant="quiet"
          className={running === null ? 'invisible' : ''}
          onClick={reachActions.cancel}
        >
          <X aria-hidden="true" className="size-3.5" /> Cancel
        </Button>
        <Button size="small" disabled={!labRuns} onClick={() => void reachActions.check()}>
          <RefreshCw aria-hidden="true" className="size-3.5" /> Check now
        </Button>
      </div>
      {rows === null ? null : rows.length < 2 ? (
        <EmptyState title="There are not two hosts yet" command="ip netns add h2">
          Reachability is from host to host: add hosts from the palette, wire them, and give them addresses.
        </EmptyState>
      ) : (
        <ReachMatrix rows={rows} />
      )}
    </div>
  );
}

function summary(rows: ReturnType<typeof reachRows>, tookMs: number): string {
  const { reached, tried } = reachCounts(rows);
  if (tried === 0) return 'No host has an address of this family.';
  return `${formatCount(reached)} of ${formatCount(tried)} pairs answer (in ${formatMs(tookMs)})`;
}

/** Sweeps when the panel opens, when the family changes, and after each change of the kernel. */
function useFollowingSweep(active: boolean): void {
  const family = useReach((reach) => reach.family);
  const hasReport = useReach((reach) => reach.reports.has(reach.family));
  const lastApply = useLabStore((lab) => lab.lastApply);
  const drift = useLabStore((lab) => lab.drift);
  const seen = useRef<readonly unknown[]>([]);
  useEffect(() => {
    if (!active) return;
    const reasons = [family, lastApply, drift];
    // Going to another panel and back is no change.
    const isSame = reasons.every((reason, index) => reason === seen.current[index]);
    if (isSame && hasReport) return;
    const timer = setTimeout(() => {
      seen.current = reasons;
      void reachActions.check();
    }, settleMs);
    return () => clearTimeout(timer);
  }, [active, family, lastApply, drift, hasReport]);
}
