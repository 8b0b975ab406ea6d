import type { FileCodec } from './file-codec.js';
import { planFromNothing, scriptFromNothing } from './from-nothing.js';
import { readLabText, writeLabText } from './lab-text.js';

/** The same work on the calling thread, for programs that have nothing else to do and for tests that run from sources. */
export const inlineCodec: FileCodec = {
  read: async (text) => readLabText(text),
  write: async (topology, previousText) => writeLabText(topology, previousText),
  plan: async (topology) => planFromNothing(topology),
  script: async (topology) => scriptFromNothing(topology),
  close: () => Promise.resolve(),
};
