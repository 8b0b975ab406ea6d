/** What is selected on the drawing of a machine: a node by its name there, or a wire by its id. */
export interface MachineSelection {
  readonly kind: 'node' | 'link';
  readonly id: string;
}

/** The node or wire that has been given the focus by keyboard; null: something else has. */
export function selectionOfFocus(target: EventTarget): MachineSelection | null {
  if (!(target instanceof Element) || !target.matches(':focus-visible')) return null;
  const id = target.getAttribute('data-id');
  if (id === null) return null;
  if (target.matches('.react-flow__node')) return { kind: 'node', id };
  return target.matches('.react-flow__edge') ? { kind: 'link', id } : null;
}
