import type { Diagnostic, Edit, Topology, TopologyDiff } from '@vethlab/topology';
import { z } from 'zod';

// Stand-ins with the right types until packages/topology exports its schemas of these names (its helper is at it).
export const editSchema = z.custom<Edit>(isObject);
export const topologySchema = z.custom<Topology>(isObject);
export const topologyDiffSchema = z.custom<TopologyDiff>(isObject);
export const diagnosticSchema = z.custom<Diagnostic>(isObject);

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
