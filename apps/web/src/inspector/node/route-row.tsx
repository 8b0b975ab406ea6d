import type { Route } from '@vethlab/topology';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { EditOutcome } from '../../lab';
import { Field, type FieldProblem, IconButton, ProblemNote } from '../../ui';
import { problemOf, problemOfRefusal } from '../fields/problems';
import {
  draftOf,
  emptyRoute,
  parseRoute,
  type RouteDraft,
  type RouteField,
  refusedField,
  sameRoute,
} from './route-draft';

export interface RouteRowProps {
  /** Null: the row that adds one more. */
  readonly route: Route | null;
  readonly ifnames: readonly string[];
  /** The VRF that it is in, when it is one. */
  readonly of?: string;
  readonly commit: (route: Route) => Promise<EditOutcome>;
  readonly onRemove?: () => void;
}

const words: Readonly<Record<RouteField, string>> = { to: 'to', via: 'via', dev: 'dev', metric: 'metric' };

/** A route in four fields. Enter in any of them commits, and so does leaving a row that is complete; Esc reverts. */
export function RouteRow({ route, ifnames, of, commit, onRemove }: RouteRowProps): React.JSX.Element {
  const before = route === null ? emptyRoute : draftOf(route);
  const [draft, setDraft] = useState<RouteDraft | null>(null);
  const [asked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<FieldProblem | null>(null);
  const shown = draft ?? before;
  const parsed = parseRoute(shown);
  const changed = draft !== null && !sameRoute(draft, before);
  const within = of === undefined ? '' : ` in ${of}`;
  const name = `${route === null ? 'New route' : `Route ${route.to}`}${within}`;

  const change = (field: RouteField, text: string): void => {
    setDraft({ ...shown, [field]: text });
    setRefusal(null);
  };
  const send = async (): Promise<void> => {
    if (!changed || !parsed.ok) return;
    const outcome = await commit(parsed.route);
    if (outcome.ok) {
      setDraft(null);
      setAsked(false);
      return;
    }
    const [first] = outcome.diagnostics;
    const fix = first === undefined ? null : refusedField(first);
    setRefusal(problemOfRefusal(outcome, fix === null ? undefined : (value) => change(fix.field, value)));
  };
  const problemAt = (field: RouteField): FieldProblem | null => {
    // An empty field of a new route is no mistake until one asks for it to be added.
    if (!changed || parsed.ok || (!asked && shown[field].trim() === '')) return null;
    return problemOf(parsed.complaints[field], (fix) => change(field, fix));
  };
  const field = (key: RouteField, className: string, placeholder: string): React.JSX.Element => (
    <Field
      label={`${name} ${words[key]}`}
      labelHidden
      mono
      className={className}
      placeholder={placeholder}
      value={shown[key]}
      problem={problemAt(key)}
      list={key === 'dev' ? `route-devs-${ifnames.join('-')}` : undefined}
      onChange={(event) => change(key, event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          setAsked(true);
          void send();
        }
        if (event.key === 'Escape' && draft !== null) {
          event.stopPropagation();
          setDraft(null);
          setRefusal(null);
        }
      }}
    />
  );
  return (
    <fieldset
      aria-label={name}
      className="min-w-0 flex flex-col gap-1"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) void send();
      }}
    >
      <div className="grid grid-cols-[1fr_1fr_2rem] items-start gap-1">
        {field('to', '', 'to: default')}
        {field('via', '', 'via: 10.0.0.1')}
        {onRemove === undefined ? (
          <IconButton
            label={`Add route${within}`}
            onClick={() => {
              setAsked(true);
              setDraft(shown);
              void send();
            }}
          >
            <Plus />
          </IconButton>
        ) : (
          <IconButton label={`Remove route ${before.to}${within}`} onClick={onRemove}>
            <X />
          </IconButton>
        )}
      </div>
      {draft !== null || before.dev !== '' || before.metric !== '' ? (
        <div className="grid grid-cols-[1fr_1fr_2rem] items-start gap-1">
          {field('dev', '', 'dev: any')}
          {field('metric', '', 'metric: none')}
        </div>
      ) : null}
      {refusal === null ? null : (
        <div ref={scrollIntoSight}>
          <ProblemNote problem={refusal} />
        </div>
      )}
      <datalist id={`route-devs-${ifnames.join('-')}`}>
        {ifnames.map((ifname) => (
          <option key={ifname} value={ifname} />
        ))}
      </datalist>
    </fieldset>
  );
}

/** The reason for a refusal may come up below the edge of the inspector. */
function scrollIntoSight(note: HTMLElement | null): void {
  note?.scrollIntoView({ block: 'nearest' });
}
