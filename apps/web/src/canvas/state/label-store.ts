import { create } from 'zustand';
import { emptyPlan, type LabelPlan } from '../labels/label-plan';

/** Which labels have room, and where. Each node and wire looks at its own choice alone. */
export const useLabelStore = create<LabelPlan>()(() => emptyPlan);
