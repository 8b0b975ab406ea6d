import { probeKey } from '@vethlab/topology';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { Tabs as Primitive } from 'radix-ui';
import { ResizeHandle } from '../app/resize-handle';
import { DriftPanel, useDifferences } from '../drift';
import { conflictsNow } from '../host';
import { type LabState, livenessOf, useLabStore } from '../lab';
import { type TerminalArea, TerminalsPanel, useTerminalArea, useTerminalsOfLab } from '../terminals';
import { Badge, IconButton, tabClass } from '../ui';
import { type DockTab, useMostDockHeight, useViewStore, viewActions } from '../view';
import { dockTabs, panelLimits } from '../view/kept-view';
import { CommandsPanel } from './commands-panel';
import { EventsPanel } from './events-panel';
import { PingsPanel } from './pings-panel';
import { PlanPanel } from './plan-panel';
import { ProblemsPanel } from './problems-panel';
import { ReachabilityPanel } from './reachability-panel';

const panels: Readonly<Record<DockTab, { readonly label: string; readonly Panel: () => React.ReactNode }>> = {
  terminals: { label: 'Terminals', Panel: TerminalsPanel },
  pings: { label: 'Pings', Panel: PingsPanel },
  reachability: { label: 'Reachability', Panel: ReachabilityPanel },
  drift: { label: 'Drift', Panel: DriftPanel },
  plan: { label: 'Plan', Panel: PlanPanel },
  commands: { label: 'Commands', Panel: CommandsPanel },
  events: { label: 'Events', Panel: EventsPanel },
  problems: { label: 'Problems', Panel: ProblemsPanel },
};

/** The panels below the canvas: as high as the person made them, or only the row of tabs. */
export function Dock(): React.JSX.Element {
  const { open, tab, height } = useViewStore((view) => view.dock);
  const most = useMostDockHeight();
  const terminals = useTerminalArea();
  const others: TerminalArea = {
    heightPx: Math.min(height, most),
    limits: { ...panelLimits.dockHeight, max: Math.min(panelLimits.dockHeight.max, most) },
    setHeight: (next) => viewActions.setDock({ height: Math.min(next, most) }),
  };
  useTerminalsOfLab();
  const areaOf = (which: DockTab): TerminalArea => (which === 'terminals' ? terminals : others);
  const area = areaOf(tab);
  const choose = (value: string): void => {
    const chosen = dockTabs.find((candidate) => candidate === value);
    if (chosen !== undefined) viewActions.openDock(chosen);
  };
  return (
    <section aria-label="Dock" className="relative shrink-0 border-t border-line bg-surface">
      {open ? (
        <ResizeHandle
          label="Height of the dock"
          orientation="horizontal"
          size={area.heightPx}
          limits={area.limits}
          onResize={area.setHeight}
          onCollapse={() => viewActions.setDock({ open: false })}
        />
      ) : null}
      <Primitive.Root value={open ? tab : ''} onValueChange={choose} activationMode="manual">
        <div className="flex items-center border-b border-line pr-1 pl-2">
          <Primitive.List aria-label="Panels" className="flex min-w-0 flex-1 gap-1 overflow-x-auto overflow-y-hidden">
            {dockTabs.map((value) => (
              <Primitive.Trigger key={value} value={value} className={tabClass}>
                {panels[value].label}
                <TabCount tab={value} />
              </Primitive.Trigger>
            ))}
          </Primitive.List>
          <IconButton
            size="small"
            label={open ? 'Close the dock' : 'Open the dock'}
            keys="mod+j"
            onClick={() => viewActions.setDock({ open: !open })}
          >
            {open ? <ChevronDown /> : <ChevronUp />}
          </IconButton>
        </div>
        {open
          ? dockTabs.map((value) => {
              const { Panel } = panels[value];
              return (
                <Primitive.Content
                  key={value}
                  value={value}
                  tabIndex={-1}
                  className="overflow-auto"
                  style={{ height: areaOf(value).heightPx }}
                >
                  <Panel />
                </Primitive.Content>
              );
            })
          : null}
      </Primitive.Root>
    </section>
  );
}

/** Probes whose last ping failed, or was answered where it must not be; none while nothing is known. */
function failingProbes(lab: LabState): number {
  if (livenessOf(lab) !== 'live') return 0;
  return (lab.topology?.probes ?? []).filter((probe) => {
    const key = probeKey(probe);
    const last = Object.hasOwn(lab.probes, key) ? lab.probes[key]?.at(-1) : undefined;
    if (last === undefined) return false;
    return last.outcome.kind === 'error' || (last.outcome.kind === 'reply') === (probe.expect === 'none');
  }).length;
}

/** Steps that the kernel refused, which are gone with the sandbox, and names that are taken on the machine. */
function refusals(lab: LabState): number {
  const steps = livenessOf(lab) === 'live' ? (lab.lastApply?.failures.length ?? 0) : 0;
  return steps + conflictsNow(lab).length;
}

/** How much there is to see in a panel, where it is something to act upon. */
function TabCount({ tab }: { readonly tab: DockTab }): React.JSX.Element | null {
  const problems = useLabStore(
    (lab) => lab.diagnostics.filter((diagnostic) => diagnostic.severity !== 'info').length + refusals(lab),
  );
  const hasErrors = useLabStore(
    (lab) => refusals(lab) > 0 || lab.diagnostics.some((diagnostic) => diagnostic.severity === 'error'),
  );
  const drift = useDifferences().length;
  const failing = useLabStore(failingProbes);
  if (tab === 'problems' && problems > 0) return <Badge tone={hasErrors ? 'failing' : 'drift'}>{problems}</Badge>;
  if (tab === 'drift' && drift > 0) return <Badge tone="drift">Δ {drift}</Badge>;
  if (tab === 'pings' && failing > 0) return <Badge tone="failing">✕ {failing}</Badge>;
  return null;
}
