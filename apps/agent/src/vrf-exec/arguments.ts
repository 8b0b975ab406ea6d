export type VrfExecArguments =
  | { readonly ok: true; readonly ifname: string; readonly command: readonly [string, ...string[]] }
  | { readonly ok: false; readonly problem: string };

const usage = 'usage: vrf-exec VRF COMMAND [ARGUMENT…] (`ip link show type vrf` lists the VRFs here)';

/** VRF COMMAND…, with nothing to choose: what follows the command is the command's. */
export function readArguments([ifname, file, ...rest]: readonly string[]): VrfExecArguments {
  if (ifname === undefined || ifname === '' || file === undefined || file === '') return { ok: false, problem: usage };
  return { ok: true, ifname, command: [file, ...rest] };
}
