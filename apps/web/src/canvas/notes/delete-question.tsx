import { useEffect } from 'react';
import { formatQuantity } from '../../format/numbers';
import { Button, Dialog } from '../../ui';
import { canvasState, setCanvas, useCanvasStore } from '../state/canvas-store';

/** More is not read before one answers. */
const mostShown = 8;

/** Asked before nodes are deleted with something in them that no undo brings back. */
export function DeleteQuestion(): React.JSX.Element {
  const question = useCanvasStore((canvas) => canvas.deleteQuestion);
  // Whoever leaves the lab has not said yes.
  useEffect(() => () => answerWith(false), []);
  const lost = question?.lost ?? [];
  const those = lost.length === 1 ? 'It is' : 'They are';
  return (
    <Dialog
      open={question !== null}
      onOpenChange={(open) => {
        if (!open) answerWith(false);
      }}
      title="Delete what only the kernel has, too?"
      description={`${formatQuantity(lost.length, 'thing')} that somebody typed ${lost.length === 1 ? 'goes' : 'go'} with what you delete. ${those} in no lab file, and Undo cannot bring that back.`}
      footer={
        <>
          <Button data-first-choice onClick={() => answerWith(false)}>
            Keep it
          </Button>
          <Button variant="danger" onClick={() => answerWith(true)}>
            Delete
          </Button>
        </>
      }
    >
      <ul className="flex flex-col gap-1 font-mono text-xs">
        {lost.slice(0, mostShown).map((what) => (
          <li key={what} className="break-words">
            {what}
          </li>
        ))}
        {lost.length > mostShown ? <li className="font-sans text-muted">and {lost.length - mostShown} more</li> : null}
      </ul>
    </Dialog>
  );
}

function answerWith(sure: boolean): void {
  const question = canvasState().deleteQuestion;
  setCanvas({ deleteQuestion: null });
  question?.answer(sure);
}
