import type { LabClosed } from '../lab';
import { Button } from '../ui';
import { navigate } from './route';

const titles = {
  deleted: 'This lab was deleted',
  missing: 'There is no such lab',
  broken: 'This lab file cannot be read',
  unauthorized: 'This browser has no key',
  reload: 'Vethlab was updated',
  refused: 'The server refused',
} as const;

/** Shown instead of the editor when the stream has ended for good. */
export function LabClosedScreen({ closed }: { readonly closed: LabClosed }): React.JSX.Element {
  return (
    <main className="mx-auto flex h-full max-w-lg flex-col justify-center gap-3 p-6">
      <h1 className="text-base font-semibold">{titles[closed.reason]}</h1>
      <p role="alert">{closed.text}</p>
      <div className="flex gap-2">
        {closed.reason === 'reload' ? (
          <Button variant="primary" onClick={() => window.location.reload()}>
            Reload
          </Button>
        ) : (
          <Button variant="primary" onClick={() => navigate({ screen: 'labs' })}>
            All labs
          </Button>
        )}
      </div>
    </main>
  );
}
