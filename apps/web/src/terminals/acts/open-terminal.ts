import type { TerminalSession } from '@vethlab/protocol';
import { asNodeName } from '../../canvas/state/names';
import { readable, rest } from '../../connection';
import { labStore, livenessOf } from '../../lab';
import { viewActions } from '../../view';
import { loadScreenParts } from '../session/screen-parts';
import { setTerminals, terminalStore } from '../state/terminal-store';
import { chooseTerminal, tabsNow } from './choose-terminal';
import { closeNow } from './close-terminal';

/** Sessions that this page opened: going to "the terminal of h1" never lands in somebody else's. */
const ours = new Set<string>();

/** Size before the place is measured; it is corrected as soon as the terminal is seen. */
const firstSize = { cols: 100, rows: 24 } as const;

/** Goes to this page's terminal of a node (null: of the lab's root namespace) or of a VRF in it, or opens one. */
export function goToTerminal(node: string | null, vrf?: string): void {
  const mine = tabsNow().findLast(
    (session) => session.node === node && session.vrf === vrf && session.state === 'running' && ours.has(session.id),
  );
  if (mine === undefined) void openTerminal(node, vrf);
  else chooseTerminal(mine);
  // The dock that has just opened may lie where the node was.
  const known = Object.keys(labStore.getState().topology?.nodes ?? {}).find((name) => name === node);
  if (known !== undefined) requestAnimationFrame(() => viewActions.reveal({ nodes: [asNodeName(known)] }));
}

/** A shell in the place of one that ended. */
export async function reopenTerminal(ended: TerminalSession): Promise<void> {
  const opened = await openTerminal(ended.node, ended.vrf);
  if (opened) await closeNow(ended.id);
}

/** Opens one more terminal. Where the lab does not run, the panel says so and offers to start it. Tells whether it was opened. */
export async function openTerminal(node: string | null, vrf?: string): Promise<boolean> {
  viewActions.openDock('terminals');
  const lab = labStore.getState();
  if (lab.labId === null || livenessOf(lab) !== 'live') {
    setTerminals({ problem: null });
    return false;
  }
  // Two clicks in a row open one terminal, not two.
  if (terminalStore.getState().opening !== undefined) return false;
  setTerminals({ opening: node, problem: null });
  const waiting = loadScreenParts();
  // Told by the view that needs it.
  waiting.catch(() => undefined);
  try {
    const session = await rest.openTerminal(lab.labId, {
      node,
      ...(vrf === undefined ? {} : { vrf }),
      ...(roomNow() ?? firstSize),
    });
    ours.add(session.id);
    if (labStore.getState().labId === lab.labId) adopt(session);
    return true;
  } catch (error) {
    setTerminals({ problem: `No terminal was opened. ${readable(error)}` });
    return false;
  } finally {
    setTerminals({ opening: undefined });
  }
}

function adopt(session: TerminalSession): void {
  const isListed = labStore.getState().terminals.some(({ id }) => id === session.id);
  if (!isListed) setTerminals({ opened: [...terminalStore.getState().opened, session] });
  chooseTerminal(session);
}

/** As large as the terminal that is in front now, so that the first prompt is not drawn twice. */
function roomNow(): { readonly cols: number; readonly rows: number } | null {
  const front = tabsNow().find(({ id }) => id === terminalStore.getState().active);
  return front === undefined ? null : { cols: front.cols, rows: front.rows };
}
