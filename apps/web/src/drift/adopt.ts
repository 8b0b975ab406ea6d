import { formatQuantity } from '../format/numbers';
import { visibleText } from '../format/visible-text';
import { labActions } from '../lab';
import { viewActions } from '../view';

/** More would fill the screen; each is in the drift panel as well. */
const mostReasons = 4;

/** Makes differences part of the document; null: all of them. What cannot be is told, with its reason. */
export async function adopt(items: readonly string[] | null): Promise<void> {
  const reply = await labActions.adopt(items);
  if (reply === null || reply.leftOut.length === 0) return;
  const told = reply.leftOut.slice(0, mostReasons).map(({ where, what, why }) => `${where}, ${what}: ${why}`);
  const more = reply.leftOut.length - told.length;
  viewActions.notify({
    id: 'adopt-left-out',
    level: 'warning',
    text: `${formatQuantity(reply.leftOut.length, 'thing')} cannot be part of the lab, and stays as it is.`,
    detail: visibleText([...told, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ')),
  });
}

/** Brings the kernel back to the document: what is gone is made again, what changed is set back, strangers are removed. */
export function revert(items: readonly string[] | null): Promise<void> {
  return items === null ? labActions.repair() : labActions.repair(items);
}
