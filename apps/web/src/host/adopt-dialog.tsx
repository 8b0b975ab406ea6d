import { useState } from 'react';
import { visibleText } from '../format/visible-text';
import { Button, Dialog } from '../ui';
import { adoptOnHost } from './adopt-on-host';

/** A namespace of the machine that a lab shall have, or the place of an interface in a namespace of the lab. */
export interface HostAdoption {
  readonly labId: string;
  readonly labName: string;
  readonly namespace: string;
  readonly ifname?: string;
}

export interface AdoptDialogProps {
  /** Null: closed. */
  readonly adoption: HostAdoption | null;
  readonly onClose: () => void;
  readonly onAdopted?: () => Promise<void>;
}

/** Asks first, since a namespace that somebody else made goes with the lab from then on. */
export function AdoptDialog({ adoption, onClose, onAdopted }: AdoptDialogProps): React.JSX.Element {
  const [busy, setBusy] = useState(false);
  const adopt = async (wanted: HostAdoption): Promise<void> => {
    setBusy(true);
    const adopted = await adoptOnHost(wanted);
    setBusy(false);
    onClose();
    if (adopted) await onAdopted?.();
  };
  const { namespace = '', ifname } = adoption ?? {};
  const name = visibleText(ifname === undefined ? namespace : `${namespace}:${ifname}`);
  const lab = adoption?.labName ?? '';
  return (
    <Dialog
      open={adoption !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={ifname === undefined ? `Give ${name} to the lab “${lab}”?` : `Replace ${name}?`}
      description={
        ifname !== undefined ? (
          <p>
            Somebody made an interface {name} on this machine that is not what the lab has there. It is removed, with
            its addresses and, if it is one end of a pair, with the other end; then the lab makes its own. This cannot
            be undone.
          </p>
        ) : (
          <>
            <p>
              Somebody else made the namespace {name}. From now on it belongs to the lab, with everything in it. What a
              node {name} of the lab needs is made in it; whatever else is in it stays, and the lab shows it as a
              difference. While the lab has no such node, the namespace is drawn there dashed, to be made one.
            </p>
            <p className="mt-2">
              When the lab is stopped, deleted or taken down, the namespace is removed from this machine. This cannot be
              undone here.
            </p>
          </>
        )
      }
      footer={
        <>
          <Button data-first-choice onClick={onClose}>
            Leave it alone
          </Button>
          <Button
            variant="primary"
            disabled={busy || adoption === null}
            onClick={() => adoption !== null && void adopt(adoption)}
          >
            {ifname === undefined ? 'Adopt' : 'Replace'} {name}
          </Button>
        </>
      }
    />
  );
}
