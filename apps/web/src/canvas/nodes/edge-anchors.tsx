/**
 * Stands in for the wire handles where these are left out.
 *
 * React Flow measures every node that comes onto the page by looking for elements with the classes `source` and `target`
 * (getHandleBounds in @xyflow/system); what it finds replaces the handles of the node's data, and an edge whose node has
 * none is not drawn at all, at no later zoom either. A real Handle would do as well, but subscribes to the store, twice
 * for each of a thousand nodes.
 */
export function EdgeAnchors(): React.JSX.Element {
  return (
    <>
      <i className="vl-edge-anchor source" data-handlepos="right" aria-hidden="true" />
      <i className="vl-edge-anchor target" data-handlepos="left" aria-hidden="true" />
    </>
  );
}
