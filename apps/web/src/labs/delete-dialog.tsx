import type { LabSummary } from '@vethlab/protocol';
import { useState } from 'react';
import { formatQuantity } from '../format/numbers';
import { Button, Dialog } from '../ui';
import { deleteLab } from './lab-commands';

export interface DeleteDialogProps {
  /** Null: closed. */
  readonly lab: LabSummary | null;
  readonly onClose: () => void;
  readonly onDeleted: () => Promise<void>;
}

/** The one thing that asks first, since nothing on this page brings a lab back. */
export function DeleteDialog({ lab, onClose, onDeleted }: DeleteDialogProps): React.JSX.Element {
  const [busy, setBusy] = useState(false);
  const remove = async (id: string): Promise<void> => {
    setBusy(true);
    const deleted = await deleteLab(id);
    setBusy(false);
    onClose();
    if (deleted) await onDeleted();
  };
  const name = lab === null ? '' : lab.name || lab.id;
  return (
    <Dialog
      open={lab !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Delete “${name}”?`}
      description={
        lab?.broken === undefined
          ? `Its ${formatQuantity(lab?.nodes ?? 0, 'node')} and ${formatQuantity(lab?.links ?? 0, 'link')} go, in the kernel too. This page cannot bring it back; the file moves to the trash folder beside the labs.`
          : 'This page cannot bring it back; the file moves to the trash folder beside the labs.'
      }
      footer={
        <>
          <Button data-first-choice onClick={onClose}>
            Keep it
          </Button>
          <Button variant="danger" disabled={busy || lab === null} onClick={() => lab !== null && void remove(lab.id)}>
            Delete the lab
          </Button>
        </>
      }
    />
  );
}
