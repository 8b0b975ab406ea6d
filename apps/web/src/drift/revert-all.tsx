import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { formatQuantity } from '../format/numbers';
import { Button, Dialog } from '../ui';
import { revert } from './adopt';
import { useDifferences } from './use-differences';

/** Brings the kernel back to the document. It asks first only when something would be lost that no document has. */
export function RevertAll(): React.JSX.Element {
  const strangers = useDifferences().filter(({ kind }) => kind === 'unexpected').length;
  const [asking, setAsking] = useState(false);
  const go = (): void => {
    setAsking(false);
    void revert(null);
  };
  return (
    <>
      <Button size="small" onClick={() => (strangers === 0 ? go() : setAsking(true))}>
        <Undo2 aria-hidden="true" className="size-3.5" />
        Revert all
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title="Remove what is not in the lab?"
        description={`To make the kernel like the lab, ${formatQuantity(strangers, 'thing')} that somebody typed ${strangers === 1 ? 'is' : 'are'} removed, with all that runs inside. Undo cannot bring that back.`}
        footer={
          <>
            <Button data-first-choice onClick={() => setAsking(false)}>
              Keep it
            </Button>
            <Button variant="danger" onClick={go}>
              Revert all
            </Button>
          </>
        }
      />
    </>
  );
}
