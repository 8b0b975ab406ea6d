import { parentPort } from 'node:worker_threads';
import type { Topology } from '@vethlab/topology';
import type { CodecReply, CodecRequest } from './codec-messages.js';
import { readLabText, writeLabText } from './lab-text.js';

/* The worker thread that reads and writes lab files as text: a file of 1,000 nodes takes longer than the event loop may be held. */

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');

port.on('message', (request: CodecRequest) => {
  port.postMessage(answer(request));
});

function answer(request: CodecRequest): CodecReply {
  try {
    if (request.type === 'read') {
      return { id: request.id, ok: true, result: JSON.stringify(readLabText(request.text)) };
    }
    const topology = JSON.parse(request.topology) as Topology;
    return { id: request.id, ok: true, result: writeLabText(topology, request.previousText) };
  } catch (error) {
    return { id: request.id, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
