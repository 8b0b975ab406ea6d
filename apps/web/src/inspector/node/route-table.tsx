import type { Node, NodeName, Route } from '@vethlab/topology';
import { type EditOutcome, labActions } from '../../lab';
import { Section } from '../fields/section';
import { RouteRow } from './route-row';

/** Static routes of a node. Connected routes come from the kernel by themselves and are seen under Live. */
export function RouteTable({ name, node }: { readonly name: NodeName; readonly node: Node }): React.JSX.Element {
  const set = (routes: readonly Route[]): Promise<EditOutcome> =>
    labActions.edit({ type: 'set-routes', node: name, routes });
  const ifnames = Object.keys(node.interfaces);
  return (
    <Section title="Routes" count={node.routes.length}>
      {node.routes.map((route, index) => (
        <RouteRow
          key={`${route.to} ${route.via ?? ''} ${route.dev ?? ''} ${route.metric ?? ''}`}
          route={route}
          ifnames={ifnames}
          commit={(changed) => set(node.routes.with(index, changed))}
          onRemove={() => void set(node.routes.filter((_, other) => other !== index))}
        />
      ))}
      <RouteRow route={null} ifnames={ifnames} commit={(route) => set([...node.routes, route])} />
    </Section>
  );
}
