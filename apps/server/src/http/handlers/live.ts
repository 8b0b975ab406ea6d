import { type LiveReading, type LiveSection, liveReadingSchema, liveSections } from '@vethlab/protocol';
import { ProblemError } from '../problem-error.js';
import type { Call, Services } from './call.js';

/** A namespace is read at most this long, nft included. */
const lookMaxMs = 10_000;

/** One reading of a namespace, for those who do not follow the stream. */
export async function readLive({ shelf }: Services, call: Call): Promise<LiveReading> {
  const lab = shelf.get(call.id);
  const node = call.params.name ?? '';
  const sections = readSections(call.query);
  const answer = await lab.run.ask({ type: 'look', node, sections }, { timeoutMs: lookMaxMs });
  // A process inside the sandbox could speak for the agent.
  const read = liveReadingSchema.safeParse(answer.reading);
  if (!read.success) throw new ProblemError(409, 'lab.refused', 'The agent gave a reading that makes no sense.');
  if (read.data.present) return read.data;
  throw new ProblemError(404, 'node.unknown', `The lab has no namespace named ${JSON.stringify(node)} in the kernel.`);
}

function readSections(query: URLSearchParams): readonly LiveSection[] {
  const text = query.get('sections');
  if (text === null) return liveSections;
  const asked = text.split(',').filter((name) => name !== '');
  const known = new Set<string>(liveSections);
  const unknown = asked.find((name) => !known.has(name));
  if (unknown !== undefined) {
    const detail = `There is no section ${JSON.stringify(unknown)}. The sections are ${liveSections.join(', ')}.`;
    throw new ProblemError(422, 'request.query', detail);
  }
  return liveSections.filter((section) => asked.includes(section));
}
