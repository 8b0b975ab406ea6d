/** The bridge of every switch, in the kernel; no interface of a switch may have its name. */
export const SWITCH_BRIDGE = 'br0';
