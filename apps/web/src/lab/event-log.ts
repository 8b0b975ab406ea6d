import { namespaceOf, type Observed, type ObservedDelta } from '@vethlab/observed';
import type { ApplyReport, Broadcast, CommandStatus, DriftItem, RunState } from '@vethlab/protocol';
import { nodeOf, type Topology } from '@vethlab/topology';
import { formatMs, formatQuantity } from '../format/numbers';
import type { LabEvent } from './lab-state';

/** Enough for a lesson; a bound so that a lab left open overnight does not grow. */
export const maxEvents = 1_000;

export type EventText = Pick<LabEvent, 'level' | 'text'>;

/** Adds events at the end; the oldest fall off. */
export function appendEvents(
  events: readonly LabEvent[],
  added: readonly EventText[],
  atMs: number,
): readonly LabEvent[] {
  if (added.length === 0) return events;
  let id = events.at(-1)?.id ?? 0;
  return [...events, ...added.map((event) => ({ ...event, id: ++id, atMs }))].slice(-maxEvents);
}

/** What a broadcast means to a person who reads the log. Counters, probes and observations are not events. */
export function eventsOf(
  message: Broadcast,
  before: {
    readonly clientId: string;
    readonly run: RunState;
    readonly drift: readonly DriftItem[];
    readonly clients: number;
    readonly topology: Topology | null;
    readonly observed: Observed;
  },
): readonly EventText[] {
  switch (message.type) {
    case 'document': {
      if (message.adopted === true) return [{ level: 'info', text: message.summary }];
      const who =
        message.author === null ? 'Changed outside' : message.author === before.clientId ? 'You' : 'Someone else';
      return [{ level: 'info', text: `${who}: ${message.summary}` }];
    }
    case 'run':
      // Most of these only carry progress.
      return message.run.state === before.run.state ? [] : runEvents(message.run);
    case 'mode':
      return [
        { level: 'info', text: message.mode === 'live' ? 'Live: edits act at once' : 'Held: edits wait for Apply' },
      ];
    case 'follow':
      return [
        {
          level: 'info',
          text: message.follow
            ? 'Follow: what is typed becomes part of the lab'
            : 'What is typed is no longer followed',
        },
      ];
    case 'applied':
      return applyEvents(message.report);
    case 'drift':
      return driftEvents(before.drift, message.items);
    case 'clients':
      // From none to one is this browser itself.
      return before.clients === 0 || message.clients === before.clients
        ? []
        : [{ level: 'info', text: `${formatQuantity(message.clients, 'browser')} on this lab` }];
    case 'saved':
      return message.saveError === null
        ? [{ level: 'info', text: 'Saved to disk again' }]
        : [{ level: 'error', text: `Not saved: ${message.saveError}` }];
    case 'deleted':
      return [{ level: 'warning', text: 'The lab was deleted' }];
    case 'commands':
      return message.statuses.flatMap(commandEvents);
    case 'observed':
      return wayOutEvents(message.delta, before);
    case 'features':
    case 'consent':
    case 'probes':
    case 'rates':
    case 'terminals':
      return [];
  }
}

/** Only what somebody may have to look at: a command that could not be started, or ended with a fault. */
function commandEvents({ node, name, status, stoppedByHand }: CommandStatus): readonly EventText[] {
  if (status.state === 'failed')
    return [{ level: 'error', text: `${node}: ${name} could not be started: ${status.error}` }];
  if (status.state !== 'exited' || status.exitCode === 0 || stoppedByHand) return [];
  const how = status.signal === null ? `with exit code ${status.exitCode}` : `by ${status.signal}`;
  return [{ level: 'warning', text: `${node}: ${name} ended ${how}` }];
}

function runEvents(run: RunState): readonly EventText[] {
  switch (run.state) {
    case 'stopped':
      return [{ level: 'info', text: 'Stopped' }];
    case 'starting':
      return [{ level: 'info', text: 'Starting' }];
    case 'running':
      return [{ level: 'info', text: 'Running' }];
    case 'restarting':
      return [{ level: 'warning', text: `Restarting: ${run.reason}` }];
    case 'failed':
      return [{ level: 'error', text: `Not running: ${run.reason} ${run.remedy}` }];
  }
}

function applyEvents(report: ApplyReport): readonly EventText[] {
  const took = `in ${formatMs(report.ms)}`;
  const applied: EventText = {
    level: report.failures.length === 0 ? 'info' : 'warning',
    text:
      report.steps === 0
        ? `Revision ${report.revision}: nothing to do`
        : `Revision ${report.revision}: ${formatQuantity(report.steps, 'step')} applied ${took}`,
  };
  return [
    ...report.failures.map((failure): EventText => {
      const command = failure.commands[0];
      const skipped =
        failure.skipped.length === 0 ? '' : ` ${formatQuantity(failure.skipped.length, 'step')} not tried.`;
      return {
        level: 'error',
        text: `Failed: ${failure.step.object}: ${failure.message}${command === undefined ? '' : ` (${command})`}${skipped}`,
      };
    }),
    applied,
    ...report.differences.map((text): EventText => ({ level: 'warning', text: `Still different: ${text}` })),
  ];
}

function driftEvents(before: readonly DriftItem[], now: readonly DriftItem[]): readonly EventText[] {
  if (now.length === 0) return before.length === 0 ? [] : [{ level: 'info', text: 'Kernel and document agree again' }];
  const known = new Set(before.map((item) => item.repair.id));
  return now
    .filter((item) => !known.has(item.repair.id))
    .map((item) => ({ level: 'warning', text: `Drift: ${item.description}` }));
}

/** Whether the lab reaches the outside is no detail: it is told when it begins, and when it ends while the document still asks for it. */
function wayOutEvents(
  { namespaces }: ObservedDelta,
  { topology, observed }: { readonly topology: Topology | null; readonly observed: Observed },
): readonly EventText[] {
  if (topology === null) return [];
  return Object.entries(namespaces).flatMap(([name, delta]): EventText[] => {
    const wayOut = delta?.wayOut;
    if (wayOut === undefined || nodeOf(topology, name)?.kind !== 'internet') return [];
    const had = namespaceOf(observed, name)?.wayOut !== undefined;
    if (wayOut === null) return had ? [{ level: 'warning', text: `The way out of ${name} ended` }] : [];
    return had ? [] : [{ level: 'info', text: `${name} reaches the outside` }];
  });
}
