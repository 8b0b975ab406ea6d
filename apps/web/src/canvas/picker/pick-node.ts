import { labStore } from '../../lab';
import { addPing } from '../acts/add-ping';
import { connectNodes } from '../acts/connect-nodes';
import { canvasState } from '../state/canvas-store';
import { asNodeName } from '../state/names';
import { placesNow } from '../state/places-now';
import { pingTargets } from './targets';

/** A click on a node while a target is asked for: wires to it, or pings its first address. True when the click was an answer. */
export function pickNode(name: string): boolean {
  const { picking } = canvasState();
  const topology = labStore.getState().topology;
  if (picking === null || topology === null || name === picking.from || !Object.hasOwn(topology.nodes, name))
    return false;
  if (picking.purpose === 'wire') {
    void connectNodes(picking.from, asNodeName(name));
    return true;
  }
  const target = pingTargets(topology, placesNow(), picking.from, '').find((one) => one.node === name);
  if (target?.kind !== 'address') return false;
  void addPing(picking.from, target.address);
  return true;
}
