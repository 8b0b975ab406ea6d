import { labelOf, useActions } from '../app/actions';
import { Dialog, Kbd } from '../ui';
import { useViewStore, viewActions } from '../view';
import { actionGroups } from './command-palette';

/** All shortcuts, from the registry that also listens for them: what is shown is what works. */
export function ShortcutsDialog(): React.JSX.Element {
  const open = useViewStore((view) => view.shortcutsOpen);
  const actions = useActions().filter((action) => (action.keys ?? []).length > 0);
  return (
    <Dialog open={open} onOpenChange={viewActions.setShortcutsOpen} title="Keyboard shortcuts" width="wide">
      <div className="columns-1 gap-8 sm:columns-2">
        {actionGroups.map((group) => {
          const inGroup = actions.filter((action) => action.group === group);
          return inGroup.length === 0 ? null : (
            <section key={group} aria-label={group} className="mb-4 break-inside-avoid">
              <h3 className="mb-1 text-xs font-medium text-muted">{group}</h3>
              <dl>
                {inGroup.map((action) => (
                  <div key={action.id} className="flex min-h-7 items-center gap-2">
                    <dt className="flex-1">{labelOf(action)}</dt>
                    <dd className="flex items-center gap-1.5">
                      {action.keys?.map((keys, index) => (
                        <span key={keys} className="flex items-center gap-1.5">
                          {index > 0 ? <span className="text-xs text-muted">or</span> : null}
                          <Kbd keys={keys} />
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
