import { type Node, type NodeName, type Route, routingDomainsOf } from '@vethlab/topology';
import { type EditOutcome, labActions } from '../../lab';
import { Section } from '../fields/section';
import { RouteRow } from './route-row';

/** Static routes of a node. Connected routes come from the kernel by themselves and are seen under Live. */
export function RouteTable({ name, node }: { readonly name: NodeName; readonly node: Node }): React.JSX.Element {
  // What is in a VRF routes by that one's table.
  const main = routingDomainsOf(node).find(({ vrf }) => vrf === null)?.node ?? node;
  return (
    <Section title="Routes" count={node.routes.length}>
      <RouteList
        routes={node.routes}
        ifnames={Object.keys(main.interfaces)}
        set={(routes) => labActions.edit({ type: 'set-routes', node: name, routes })}
      />
    </Section>
  );
}

export interface RouteListProps {
  readonly routes: readonly Route[];
  readonly ifnames: readonly string[];
  /** The VRF that they are in, when it is one. */
  readonly of?: string;
  readonly set: (routes: readonly Route[]) => Promise<EditOutcome>;
}

/** The routes of one table, and a row that adds one more. */
export function RouteList({ routes, ifnames, of, set }: RouteListProps): React.JSX.Element {
  const within = of === undefined ? {} : { of };
  return (
    <>
      {routes.map((route, index) => (
        <RouteRow
          key={`${route.to} ${route.via ?? ''} ${route.dev ?? ''} ${route.metric ?? ''}`}
          {...within}
          route={route}
          ifnames={ifnames}
          commit={(changed) => set(routes.with(index, changed))}
          onRemove={() => void set(routes.filter((_, other) => other !== index))}
        />
      ))}
      <RouteRow {...within} route={null} ifnames={ifnames} commit={(route) => set([...routes, route])} />
    </>
  );
}
