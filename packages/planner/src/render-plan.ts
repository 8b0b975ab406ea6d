import type { Plan, Step } from './plan.js';
import { commandsOf } from './shell/commands.js';

const SIGNS: Readonly<Record<Step['action'], string>> = { add: '+', change: '~', remove: '-' };

/** A plan as text for people: what, why, and the commands that mean the same. Ends with a count. */
export function renderPlan(plan: Plan): string {
  if (plan.steps.length === 0) return 'Nothing to do: the kernel is as the lab wants it.\n';
  const lines: string[] = [];
  for (const { action, object, reason, operation } of plan.steps) {
    lines.push(`${SIGNS[action]} ${printable(object)}`, `    because ${printable(reason)}`);
    for (const command of commandsOf(operation)) lines.push(`    $ ${command}`);
  }
  lines.push('', countOf(plan));
  return `${lines.join('\n')}\n`;
}

/** `5 steps: 3 to add, 1 to change, 1 to remove.` */
export function countOf(plan: Plan): string {
  const counts = { add: 0, change: 0, remove: 0 };
  for (const step of plan.steps) counts[step.action] += 1;
  const parts = (['add', 'change', 'remove'] as const)
    .filter((action) => counts[action] > 0)
    .map((action) => `${counts[action]} to ${action}`);
  const steps = plan.steps.length === 1 ? '1 step' : `${plan.steps.length} steps`;
  return parts.length === 0 ? `${steps}.` : `${steps}: ${parts.join(', ')}.`;
}

/** Names from the kernel can carry escape sequences; a terminal must not see them. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\uFFFD');
}
