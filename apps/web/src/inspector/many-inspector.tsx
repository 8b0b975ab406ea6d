import { AlignHorizontalSpaceBetween, AlignVerticalSpaceBetween, Columns2, Rows2, Trash2 } from 'lucide-react';
import { runAction } from '../app/actions';
import { alignSelection } from '../canvas/acts/align-selection';
import { deleteSelection } from '../canvas/acts/delete-selection';
import { chosenLinks, setChosenLinksUp } from '../canvas/acts/set-links-up';
import { Button, IconButton } from '../ui';
import { Section } from './fields/section';
import { Heading } from './heading';

export interface ManyInspectorProps {
  readonly nodes: number;
  readonly links: number;
  readonly probes: number;
}

/** Several things at once: how many, and what can be done to all of them. */
export function ManyInspector({ nodes, links, probes }: ManyInspectorProps): React.JSX.Element {
  const parts = [plural(nodes, 'node'), plural(links, 'link'), plural(probes, 'probe')].filter((part) => part !== null);
  const wires = chosenLinks().length;
  return (
    <>
      <Heading title={parts.join(', ')} what="selected" />
      {nodes > 1 ? (
        <Section title="Arrange">
          <div className="flex gap-1">
            <IconButton label="Align in a row" onClick={() => void alignSelection('row')}>
              <Rows2 />
            </IconButton>
            <IconButton label="Align in a column" onClick={() => void alignSelection('column')}>
              <Columns2 />
            </IconButton>
            <IconButton label="Spread evenly across" onClick={() => void alignSelection('spread-across')}>
              <AlignHorizontalSpaceBetween />
            </IconButton>
            <IconButton label="Spread evenly downwards" onClick={() => void alignSelection('spread-down')}>
              <AlignVerticalSpaceBetween />
            </IconButton>
          </div>
        </Section>
      ) : null}
      {wires > 0 ? (
        <Section title={wires === 1 ? '1 link among them' : `${wires} links among them`}>
          <div className="flex gap-2">
            <Button onClick={() => void setChosenLinksUp(true)}>Bring up</Button>
            <Button onClick={() => void setChosenLinksUp(false)}>Take down</Button>
          </div>
        </Section>
      ) : null}
      <Section title="All of them">
        <div className="flex gap-2">
          {nodes > 0 ? <Button onClick={() => runAction('canvas.duplicate')}>Duplicate</Button> : null}
          <Button onClick={() => void deleteSelection()}>
            <Trash2 className="size-4" aria-hidden="true" /> Delete
          </Button>
        </div>
      </Section>
    </>
  );
}

function plural(count: number, word: string): string | null {
  if (count === 0) return null;
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}
