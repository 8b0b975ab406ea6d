import { applyObservedDelta, emptyObserved } from '@vethlab/observed';
import type { Broadcast, CommandRef, CommandStatus, ProbeSample, Snapshot } from '@vethlab/protocol';
import type { ProbeKey } from '@vethlab/topology';
import type { LabState } from './lab-state';
import { isLive } from './liveness';

/** Samples kept per probe: the loss of the last minute at the usual interval. */
export const maxSamples = 60;

/** Nothing that was seen of a sandbox outlives it: an answer of a minute ago would look like one of now. */
const nothingRuns: Partial<LabState> = { observed: emptyObserved, drift: [], probes: {}, rates: {} };

/** The part of the state that the server owns and the edit queue does not touch. */
export function stateOfSnapshot(snapshot: Snapshot): Partial<LabState> {
  return {
    labId: snapshot.labId,
    appliedRevision: snapshot.appliedRevision,
    diagnostics: snapshot.diagnostics,
    mode: snapshot.mode,
    follow: snapshot.follow,
    run: snapshot.run,
    progress: snapshot.progress,
    observed: snapshot.observed,
    drift: snapshot.drift,
    features: snapshot.features,
    probes: withSamples({}, snapshot.probes),
    rates: snapshot.rates,
    lastApply: snapshot.lastApply,
    terminals: snapshot.terminals,
    commands: withCommands({}, snapshot.commands.statuses, []),
    commandsWaiting: snapshot.commands.waiting,
    clients: snapshot.clients,
    saveError: snapshot.saveError,
    ...(isLive(snapshot.run) ? {} : nothingRuns),
  };
}

/** What a broadcast changes, the document itself apart (pending-edits.ts sees to that). */
export function stateOfBroadcast(state: LabState, message: Broadcast): Partial<LabState> {
  switch (message.type) {
    case 'document':
      return { diagnostics: message.diagnostics };
    case 'observed':
      return { observed: applyObservedDelta(state.observed, message.delta) };
    case 'run':
      return { run: message.run, progress: message.progress, ...(isLive(message.run) ? {} : nothingRuns) };
    case 'mode':
      return { mode: message.mode };
    case 'follow':
      return { follow: message.follow };
    case 'applied':
      return { lastApply: message.report, appliedRevision: message.report.revision };
    case 'drift':
      return { drift: message.items };
    case 'features':
      return { features: message.features, diagnostics: message.diagnostics };
    case 'probes':
      // A sample that was under way when the lab was stopped.
      return isLive(state.run) ? { probes: withSamples(state.probes, message.samples) } : {};
    case 'rates':
      return isLive(state.run) ? { rates: message.rates } : {};
    case 'clients':
      return { clients: message.clients };
    case 'terminals':
      return { terminals: message.terminals };
    case 'commands':
      return { commands: withCommands(state.commands, message.statuses, message.gone) };
    case 'consent':
      return { commandsWaiting: message.waiting };
    case 'saved':
      return { saveError: message.saveError };
    case 'deleted':
      return { closed: { reason: 'deleted', text: 'This lab was deleted.' } };
  }
}

/** Adds samples in the order they came. A sequence that starts again at 1 is a probe that was started anew. */
export function withSamples(probes: LabState['probes'], added: readonly ProbeSample[]): LabState['probes'] {
  if (added.length === 0) return probes;
  const byKey = new Map<ProbeKey, readonly ProbeSample[]>();
  for (const sample of added) {
    const known = byKey.get(sample.key) ?? (Object.hasOwn(probes, sample.key) ? (probes[sample.key] ?? []) : []);
    const last = known.at(-1);
    const kept = last !== undefined && sample.sequence <= last.sequence ? [] : known;
    byKey.set(sample.key, [...kept, sample].slice(-maxSamples));
  }
  return { ...probes, ...Object.fromEntries(byKey) };
}

/** Drops the samples of probes that are no longer in the document. */
export function withoutOldProbes(probes: LabState['probes'], keys: ReadonlySet<string>): LabState['probes'] {
  const entries = Object.entries(probes);
  const kept = entries.filter(([key]) => keys.has(key));
  return kept.length === entries.length ? probes : Object.fromEntries(kept);
}

/** Key of a command: neither name can have a colon. */
export function commandStatusKey({ node, name }: CommandRef): string {
  return `${node}:${name}`;
}

function withCommands(
  commands: LabState['commands'],
  changed: readonly CommandStatus[],
  gone: readonly CommandRef[],
): LabState['commands'] {
  const left = new Set(gone.map(commandStatusKey));
  return Object.fromEntries([
    ...Object.entries(commands).filter(([key]) => !left.has(key)),
    ...changed.map((status) => [commandStatusKey(status), status] as const),
  ]);
}
