import type { z } from 'zod';
import * as adoptSchemas from '../adopt/adopt-schemas.js';
import { liveReadingSchema } from '../inspect/live-schemas.js';
import { liveSections } from '../inspect/live-section.js';
import {
  allowCommandsBodySchema,
  commandLogSchema,
  commandStatusSchema,
  commandsViewSchema,
  nodeProcessesSchema,
  signalProcessBodySchema,
  signalProcessReplySchema,
} from '../processes/command-schemas.js';
import { adoptOnHostBodySchema, hostReplySchema } from '../schemas/host.js';
import { reachReportSchema } from '../schemas/probe.js';
import {
  openTerminalBodySchema,
  terminalListReplySchema,
  terminalSessionSchema,
} from '../terminals/terminal-schemas.js';
import * as bodies from './bodies.js';
import * as replies from './replies.js';

/** One operation of the REST API. The OpenAPI document is made of this list; a test of the server checks that each is served. */
export interface Endpoint {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Under `/api/v1`, with `{id}` for the lab. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /** What may stand behind the question mark, beside `format`. */
  readonly query?: readonly { readonly name: string; readonly description: string }[];
  readonly body?: z.ZodType;
  /** The body may also be the text of a lab file. */
  readonly takesYaml?: true;
  readonly status: 200 | 201;
  readonly reply: z.ZodType;
  /** The answer is the text of the lab file with `Accept: application/yaml` or `?format=yaml`. */
  readonly givesYaml?: true;
  /** Problem codes beyond those that every endpoint can answer. */
  readonly problems?: readonly (404 | 409 | 422 | 503)[];
}

export const apiPrefix = '/api/v1';

const lab = '/labs/{id}';
const command = `${lab}/nodes/{name}/commands/{command}`;

export const endpoints: readonly Endpoint[] = [
  {
    method: 'post',
    path: '/tickets',
    operationId: 'createTicket',
    summary: 'A ticket that opens one WebSocket, once',
    status: 201,
    reply: replies.ticketReplySchema,
  },
  {
    method: 'get',
    path: '/examples',
    operationId: 'listExamples',
    summary: 'The example labs',
    status: 200,
    reply: replies.exampleListReplySchema,
  },
  {
    method: 'get',
    path: '/host',
    operationId: 'readHost',
    summary:
      'The namespaces of this machine, with their interfaces and pairs; of a server that runs labs on it (--runtime host)',
    status: 200,
    reply: hostReplySchema,
    problems: [409],
  },
  {
    method: 'post',
    path: `${lab}/host/adopt`,
    operationId: 'adoptOnHost',
    summary: 'Give namespaces that are on this machine, or the place of interfaces in its own, to the lab',
    body: adoptOnHostBodySchema,
    status: 200,
    reply: replies.labReplySchema,
    problems: [404, 409, 422],
  },
  {
    method: 'get',
    path: '/labs',
    operationId: 'listLabs',
    summary: 'All labs, the newest first; broken files with their reasons',
    status: 200,
    reply: replies.labListReplySchema,
  },
  {
    method: 'post',
    path: '/labs',
    operationId: 'createLab',
    summary: 'A new lab, started at once: empty, from an example, or from the text of a lab file',
    body: bodies.createLabBodySchema,
    takesYaml: true,
    status: 201,
    reply: replies.labReplySchema,
    problems: [404, 422],
  },
  {
    method: 'get',
    path: lab,
    operationId: 'readLab',
    summary: 'The document and how it is running; or the lab file',
    status: 200,
    reply: replies.labReplySchema,
    givesYaml: true,
    problems: [404, 422],
  },
  {
    method: 'put',
    path: lab,
    operationId: 'replaceLab',
    summary: 'The whole document anew',
    body: bodies.replaceLabBodySchema,
    takesYaml: true,
    status: 200,
    reply: replies.acceptedReplySchema,
    problems: [404, 409, 422],
  },
  {
    method: 'patch',
    path: lab,
    operationId: 'renameLab',
    summary: 'Another name; the id and the name of the file stay',
    body: bodies.renameLabBodySchema,
    status: 200,
    reply: replies.acceptedReplySchema,
    problems: [404, 422],
  },
  {
    method: 'delete',
    path: lab,
    operationId: 'deleteLab',
    summary: 'Stops the lab and puts its file into the trash folder',
    status: 200,
    reply: replies.deletedReplySchema,
    problems: [404],
  },
  {
    method: 'post',
    path: `${lab}/duplicate`,
    operationId: 'duplicateLab',
    summary: 'A copy, started at once',
    body: bodies.duplicateLabBodySchema,
    status: 201,
    reply: replies.labReplySchema,
    problems: [404, 422],
  },
  {
    method: 'post',
    path: `${lab}/edits`,
    operationId: 'editLab',
    summary: 'One edit, carried over onto the newest document when it still fits',
    body: bodies.editBodySchema,
    status: 200,
    reply: replies.acceptedReplySchema,
    problems: [404, 409, 422],
  },
  {
    method: 'post',
    path: `${lab}/start`,
    operationId: 'startLab',
    summary: 'Make it real; answers at once, the run state follows',
    status: 200,
    reply: replies.labReplySchema,
    problems: [404],
  },
  {
    method: 'post',
    path: `${lab}/stop`,
    operationId: 'stopLab',
    summary: 'Take it out of the kernel; answers when its sandbox is gone',
    status: 200,
    reply: replies.labReplySchema,
    problems: [404],
  },
  {
    method: 'put',
    path: `${lab}/mode`,
    operationId: 'setLabMode',
    summary: 'Live: edits are applied at once. Held: they wait for apply',
    body: bodies.modeBodySchema,
    status: 200,
    reply: replies.labReplySchema,
    problems: [404],
  },
  {
    method: 'get',
    path: `${lab}/observed`,
    operationId: 'readObserved',
    summary: 'What the kernel says',
    status: 200,
    reply: replies.observedReplySchema,
    problems: [404],
  },
  {
    method: 'get',
    path: `${lab}/nodes/{name}/live`,
    operationId: 'readLive',
    summary: 'One look at all that is isolated in a namespace, of this lab or made by hand in it',
    query: [
      {
        name: 'sections',
        description: `Which parts, with commas between: ${liveSections.join(', ')}. All of them when it is absent.`,
      },
    ],
    status: 200,
    reply: liveReadingSchema,
    problems: [404, 409, 422, 503],
  },
  {
    method: 'get',
    path: `${lab}/plan`,
    operationId: 'planLab',
    summary: 'What apply would do; of a lab that is not running, the steps against an empty sandbox',
    status: 200,
    reply: replies.planReplySchema,
    problems: [404, 409, 503],
  },
  {
    method: 'get',
    path: `${lab}/script`,
    operationId: 'scriptOfLab',
    summary: 'A stand-alone shell script that builds the same lab',
    status: 200,
    reply: replies.scriptReplySchema,
    problems: [404],
  },
  {
    method: 'post',
    path: `${lab}/apply`,
    operationId: 'applyLab',
    summary: 'Apply held edits; in live mode, bring the kernel back to the document',
    status: 200,
    reply: replies.labReplySchema,
    problems: [404, 409, 503],
  },
  {
    method: 'get',
    path: `${lab}/ghosts`,
    operationId: 'readGhosts',
    summary: 'What is in the kernel and not in the document, and whether it can be adopted',
    status: 200,
    reply: adoptSchemas.ghostsSchema,
    problems: [404],
  },
  {
    method: 'post',
    path: `${lab}/adopt`,
    operationId: 'adoptInLab',
    summary: 'Make these drifts and ghosts part of the document, or (null) all there are; the kernel is not touched',
    body: adoptSchemas.adoptBodySchema,
    status: 200,
    reply: adoptSchemas.adoptReplySchema,
    problems: [404, 409, 422],
  },
  {
    method: 'put',
    path: `${lab}/follow`,
    operationId: 'setLabFollow',
    summary: 'Follow mode: whatever comes to rest in the kernel is adopted by itself',
    body: adoptSchemas.followBodySchema,
    status: 200,
    reply: replies.labReplySchema,
    problems: [404, 422],
  },
  {
    method: 'post',
    path: '/labs/import-script',
    operationId: 'importScript',
    summary:
      'Runs a shell script in an empty sandbox, and gives what came to be as a lab file, with the lines that failed. Nothing is kept',
    body: adoptSchemas.importScriptBodySchema,
    status: 200,
    reply: adoptSchemas.importScriptReplySchema,
    problems: [409, 422, 503],
  },
  {
    method: 'get',
    path: `${lab}/drift`,
    operationId: 'readDrift',
    summary: 'Where kernel and document differ without an edit',
    status: 200,
    reply: replies.driftReplySchema,
    problems: [404],
  },
  {
    method: 'post',
    path: `${lab}/drift/repair`,
    operationId: 'repairDrift',
    summary: 'Bring these objects, or all, back to the document',
    body: bodies.repairBodySchema,
    status: 200,
    reply: replies.driftReplySchema,
    problems: [404, 409, 503],
  },
  {
    method: 'get',
    path: `${lab}/probes`,
    operationId: 'readProbes',
    summary: 'The last samples of every probe',
    status: 200,
    reply: replies.probesReplySchema,
    problems: [404],
  },
  {
    method: 'post',
    path: `${lab}/reach`,
    operationId: 'reachLab',
    summary: 'All hosts to all hosts, once',
    body: bodies.reachBodySchema,
    status: 200,
    reply: reachReportSchema,
    problems: [404, 409, 503],
  },
  {
    method: 'get',
    path: `${lab}/terminals`,
    operationId: 'listTerminals',
    summary: 'The terminal sessions of the lab, those that ended included',
    status: 200,
    reply: terminalListReplySchema,
    problems: [404],
  },
  {
    method: 'post',
    path: `${lab}/terminals`,
    operationId: 'openTerminal',
    summary:
      "A shell in a node, or the lab's root shell; attach to it with a WebSocket at …/terminals/{terminal}?ticket=…",
    body: openTerminalBodySchema,
    status: 201,
    reply: terminalSessionSchema,
    problems: [404, 409, 503],
  },
  {
    method: 'delete',
    path: `${lab}/terminals/{terminal}`,
    operationId: 'closeTerminal',
    summary: 'Ends the shell with all it started in its terminal, and forgets the session',
    status: 200,
    reply: terminalListReplySchema,
    problems: [404],
  },
  {
    method: 'get',
    path: `${lab}/commands`,
    operationId: 'listCommands',
    summary: 'What the commands of the lab are doing, and those that wait until somebody agrees to them',
    status: 200,
    reply: commandsViewSchema,
    problems: [404],
  },
  {
    method: 'post',
    path: `${lab}/commands/allow`,
    operationId: 'allowCommands',
    summary:
      'Agree to these argument lists, each in its VRF if it has one: commands of a file from elsewhere do not run before',
    body: allowCommandsBodySchema,
    status: 200,
    reply: commandsViewSchema,
    problems: [404, 422],
  },
  {
    method: 'post',
    path: `${command}/start`,
    operationId: 'startCommand',
    summary: 'Run a command now; answers when it was started, or why it could not be',
    status: 200,
    reply: commandStatusSchema,
    problems: [404, 409, 503],
  },
  {
    method: 'post',
    path: `${command}/stop`,
    operationId: 'stopCommand',
    summary: 'End a command with all it started; answers when it has ended',
    status: 200,
    reply: commandStatusSchema,
    problems: [404, 409, 503],
  },
  {
    method: 'post',
    path: `${command}/restart`,
    operationId: 'restartCommand',
    summary: 'End a command and run it again',
    status: 200,
    reply: commandStatusSchema,
    problems: [404, 409, 503],
  },
  {
    method: 'get',
    path: `${command}/log`,
    operationId: 'readCommandLog',
    summary: 'The end of what a command printed, at most 64 KB',
    query: [{ name: 'from', description: 'Only what was printed after so many bytes: `next` of an earlier answer' }],
    status: 200,
    reply: commandLogSchema,
    problems: [404, 409, 422, 503],
  },
  {
    method: 'get',
    path: `${lab}/nodes/{name}/processes`,
    operationId: 'listProcesses',
    summary: 'Every process in the namespace of a node, whoever started it',
    status: 200,
    reply: nodeProcessesSchema,
    problems: [404, 409, 503],
  },
  {
    method: 'post',
    path: `${lab}/nodes/{name}/processes/signal`,
    operationId: 'signalProcess',
    summary: 'Tell one process of a node to end, or end it at once',
    body: signalProcessBodySchema,
    status: 200,
    reply: signalProcessReplySchema,
    problems: [404, 409, 422, 503],
  },
];
