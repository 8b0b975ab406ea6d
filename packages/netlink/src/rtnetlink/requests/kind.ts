import { NLM_F_CREATE, NLM_F_EXCL, RTM_NEWLINK, RTM_NEWQDISC } from '../codec/message-types.js';
import type { Request } from '../request.js';
import { checkIfname, checkUnsigned } from './checks.js';

const IFLA_IFNAME = 3;
const IFLA_LINKINFO = 18;
const IFLA_INFO_KIND = 1;
const TC_H_ROOT = 0xffff_ffff;
const TCA_KIND = 1;
const CREATE = NLM_F_CREATE | NLM_F_EXCL;

/**
 * An interface of any kind, without a single parameter: for finding out whether the kernel has the kind. One that it does not know
 * is refused with EOPNOTSUPP before anything else is looked at (rtnl_newlink in net/core/rtnetlink.c); one that it knows is
 * made, or refused for what it lacks. Where the kind is a module the kernel asks for it first.
 */
export function newLinkOfKind({ ifname, kind }: { readonly ifname: string; readonly kind: string }): Request {
  checkIfname(ifname);
  return {
    label: `RTM_NEWLINK ${kind} ${ifname}`,
    type: RTM_NEWLINK,
    flags: CREATE,
    encode: (writer) => {
      writer.interfaceHeader(0, 0, 0);
      writer.attributeText(IFLA_IFNAME, ifname);
      const info = writer.nest(IFLA_LINKINFO);
      writer.attributeText(IFLA_INFO_KIND, kind);
      writer.unnest(info);
    },
  };
}

/**
 * A root qdisc of any kind, without parameters, for the same purpose. One that the kernel does not know is refused with ENOENT
 * (qdisc_create in net/sched/sch_api.c).
 */
export function newQdiscOfKind({ ifindex, kind }: { readonly ifindex: number; readonly kind: string }): Request {
  checkUnsigned(ifindex, 'ifindex');
  return {
    label: `RTM_NEWQDISC ${kind} ${ifindex}`,
    type: RTM_NEWQDISC,
    flags: CREATE,
    encode: (writer) => {
      // struct tcmsg { u8 family; u8 pad; u16 pad; s32 ifindex; u32 handle, parent, info }
      writer.u32(0);
      writer.u32(ifindex);
      writer.u32(0);
      writer.u32(TC_H_ROOT);
      writer.u32(0);
      writer.attributeText(TCA_KIND, kind);
    },
  };
}
