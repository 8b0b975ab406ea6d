import { parentPort } from 'node:worker_threads';
import type { Topology } from '@vethlab/topology';
import type { CodecReply, CodecRequest } from './codec-messages.js';
import { planFromNothing, scriptFromNothing } from './from-nothing.js';
import { readLabText, writeLabText } from './lab-text.js';
import { yieldToMainThread } from './yield-to-main-thread.js';

/* The worker thread for what is done to whole labs: with 1,000 nodes it takes longer than the event loop may be held. */

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');

yieldToMainThread();
port.on('message', (request: CodecRequest) => {
  port.postMessage(answer(request));
});

function answer(request: CodecRequest): CodecReply {
  try {
    if (request.type === 'read') {
      return { id: request.id, ok: true, result: JSON.stringify(readLabText(request.text)) };
    }
    return { id: request.id, ok: true, result: make(request, JSON.parse(request.topology) as Topology) };
  } catch (error) {
    return { id: request.id, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function make(request: Exclude<CodecRequest, { type: 'read' }>, topology: Topology): string {
  switch (request.type) {
    case 'write':
      return writeLabText(topology, request.previousText);
    case 'plan':
      return planFromNothing(topology);
    case 'script':
      return scriptFromNothing(topology);
  }
}
