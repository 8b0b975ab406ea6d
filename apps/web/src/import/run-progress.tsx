import { useEffect, useState } from 'react';
import { timeLimitSeconds } from './import-words';

/** How long the script has been running, of the time it has. */
export function RunProgress(): React.JSX.Element {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const startedMs = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - startedMs) / 1_000)), 250);
    return () => clearInterval(timer);
  }, []);
  const share = Math.min(1, seconds / timeLimitSeconds);
  return (
    <div className="flex items-center gap-3">
      <p role="status" className="shrink-0">
        <span aria-hidden="true">◔ </span>Running in a sandbox of its own…
      </p>
      <div
        role="progressbar"
        aria-label="Time of the script"
        aria-valuemin={0}
        aria-valuemax={timeLimitSeconds}
        aria-valuenow={seconds}
        className="h-1 flex-1 overflow-hidden rounded-full bg-pressed"
      >
        <div className="h-full origin-left bg-accent transition-transform" style={{ transform: `scaleX(${share})` }} />
      </div>
      <span className="shrink-0 text-xs text-muted tabular-nums">
        {seconds} of {timeLimitSeconds} s
      </span>
    </div>
  );
}
