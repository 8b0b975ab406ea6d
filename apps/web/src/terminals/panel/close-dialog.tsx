import { Button, Dialog } from '../../ui';
import { closeNow } from '../acts/close-terminal';
import { setTerminals, useTerminals } from '../state/terminal-store';

/** Closing ends what runs in the terminal, and that cannot be undone: so it is asked. */
export function CloseDialog(): React.JSX.Element {
  const closing = useTerminals((state) => state.closing);
  const keep = (): void => setTerminals({ closing: null });
  return (
    <Dialog
      open={closing !== null}
      onOpenChange={(open) => open || keep()}
      title="Close the terminal?"
      description={
        closing?.isBusy === true
          ? 'A command still runs in it, and would be ended.'
          : 'Whatever runs in it would be ended.'
      }
      footer={
        <>
          <Button data-first-choice onClick={keep}>
            Keep it open
          </Button>
          <Button variant="danger" onClick={() => closing !== null && void closeNow(closing.id)}>
            Close it
          </Button>
        </>
      }
    />
  );
}
