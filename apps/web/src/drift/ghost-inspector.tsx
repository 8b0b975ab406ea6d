import { ROOT_NAMESPACE } from '@vethlab/observed';
import { SquareDashed } from 'lucide-react';
import { ghostEdgeId, isGhostId, namespaceOfGhost, rootNodeId } from '../canvas/ghosts/ghost-ids';
import { kindIcons } from '../canvas/nodes/kind-icons';
import { Section } from '../inspector/fields/section';
import { Heading } from '../inspector/heading';
import { GhostActions } from './ghost-actions';
import { GhostEndSection } from './ghost-end-section';
import { GhostTabs } from './ghost-tabs';
import { useGhosts } from './ghosts-now';
import { NamespaceContent } from './namespace-content';
import { namespaceText, pairText, rootWords, wouldBe } from './place-words';

/** What is in the kernel and not in the document: what it is, what can be done about it, and why not. */
export function GhostInspector({ id }: { readonly id: string }): React.JSX.Element | null {
  const { namespaces, pairs } = useGhosts();
  if (!isGhostId(id)) return null;
  if (id === rootNodeId) {
    return (
      <>
        <Heading icon={SquareDashed} title={rootWords} freeText what="Where a root shell of this lab is" />
        <GhostTabs namespace={ROOT_NAMESPACE} label={rootWords}>
          <Section title="What this is">
            <p>
              Every lab has a namespace without a name, in which its root shell runs. It is no node of the lab; it is
              drawn only while somebody has made something in it. Move interfaces to a node to make them part of the
              lab.
            </p>
          </Section>
          <NamespaceContent namespace={ROOT_NAMESPACE} />
        </GhostTabs>
      </>
    );
  }
  const pair = pairs.find((one) => ghostEdgeId(one.id) === id);
  if (pair !== undefined) {
    return (
      <div className="min-h-0 flex-1 overflow-auto">
        <Heading icon={SquareDashed} title={pairText(pair)} what="Veth pair, not in the lab" />
        <Section title="What this is">
          <p>Somebody made this veth pair by hand. It is in the kernel and not in the document.</p>
          <GhostActions id={pair.id} what={`the pair ${pairText(pair)}`} whyNot={pair.whyNot} />
        </Section>
        {pair.ends.map((end) => (
          <GhostEndSection key={`${end.namespace}/${end.ifname}`} end={end} />
        ))}
      </div>
    );
  }
  const name = namespaceOfGhost(id);
  const ghost = namespaces.find((one) => one.name === name);
  if (ghost === undefined) return null;
  return (
    <>
      <Heading icon={kindIcons[ghost.kind]} title={namespaceText(name)} what="Namespace, not in the lab" />
      <GhostTabs namespace={name} label={namespaceText(name)}>
        <Section title="What this is">
          <p>
            Somebody made this namespace by hand. It is in the kernel and not in the document
            {ghost.whyNot === null ? `; as a node it would be ${wouldBe(ghost)}.` : '.'}
          </p>
          <GhostActions id={ghost.id} what={namespaceText(name)} whyNot={ghost.whyNot} />
        </Section>
        <NamespaceContent namespace={name} />
      </GhostTabs>
    </>
  );
}
