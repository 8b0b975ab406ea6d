/**
 * Something of the kernel that is not in the document and cannot be: shown read-only, and never destroyed without asking.
 * Names come from the kernel and may be any text.
 */
export interface LeftOut {
  /** '' is the lab's root namespace (`ROOT_NAMESPACE` of @vethlab/observed). */
  readonly namespace: string;
  readonly ifname?: string;
  /** For people: `ns1:veth0`, `the root namespace`. */
  readonly where: string;
  /** For people: `the route 10.0.0.0/8 over tun0`. */
  readonly what: string;
  /** One sentence for people: why it cannot be part of the document, or what it waits for. */
  readonly why: string;
}
