import { adoptOnHostBodySchema, type HostReply, type LabReply } from '@vethlab/protocol';
import type { HostSide } from '../../host/host-side.js';
import { parseBody } from '../json-body.js';
import { ProblemError } from '../problem-error.js';
import type { Call, Services } from './call.js';

export function readHost(services: Services): Promise<HostReply> {
  return hostOf(services).discover();
}

/** What waited for the name is applied at once; a lab that could not start for it is started. */
export async function adoptOnHost(services: Services, call: Call): Promise<LabReply> {
  const lab = services.shelf.get(call.id);
  const host = hostOf(services);
  const { namespaces, interfaces = [] } = parseBody(adoptOnHostBodySchema, call.json);
  const things = [...namespaces, ...interfaces.map(({ namespace, ifname }) => `${namespace}:${ifname}`)];
  if (things.length === 0) throw new ProblemError(422, 'request.body', 'Name a namespace or an interface.');
  const refusal = await host.adopt(lab.id, things);
  if (refusal !== null) throw new ProblemError(409, 'host.not-adopted', refusal);
  if (lab.run.hasKernel) await lab.run.repair([]);
  else if (lab.run.wanted) lab.run.start();
  return lab.reply();
}

function hostOf({ hostSide }: Services): HostSide {
  if (hostSide !== null) return hostSide;
  const detail = 'Labs of this server run in sandboxes and know nothing of the machine. Start it with --runtime host.';
  throw new ProblemError(409, 'host.not-here', detail);
}
