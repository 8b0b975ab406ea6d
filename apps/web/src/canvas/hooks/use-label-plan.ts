import { useEffect } from 'react';
import type { FlowEdge } from '../edges/edge-data';
import { emptyPlan, keepSame } from '../labels/label-plan';
import { planLabels } from '../labels/plan-labels';
import type { FlowNode } from '../nodes/node-data';
import { useLabelStore } from '../state/label-store';
import type { Detail } from './use-detail';

/**
 * Finds room for the labels anew whenever what is drawn changes. Seen from afar there is only the name below each node, and
 * nothing to plan: that is also where a thousand nodes are in sight.
 */
export function useLabelPlan(nodes: readonly FlowNode[], edges: readonly FlowEdge[], detail: Detail): void {
  useEffect(() => {
    const before = useLabelStore.getState();
    const selected = detail === 'far' && edges.some((edge) => edge.selected === true);
    if (detail === 'far' && !selected) {
      if (before.captions.size > 0 || before.links.size > 0) useLabelStore.setState(emptyPlan);
      return;
    }
    useLabelStore.setState(keepSame(before, planLabels(nodes, edges, detail)));
  }, [nodes, edges, detail]);
}
