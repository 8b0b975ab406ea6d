import { type ObservedBeyond, ROOT_NAMESPACE } from '@vethlab/observed';
import { LookContext } from '../../inspect/look-context.js';
import { interfaceKeys, namespaceKeys, type SysctlPath } from '../../inspect/sections/sysctl-keys.js';
import { readSysctls } from '../../inspect/sections/sysctls.js';
import { sysctlsByHand } from '../../inspect/sections/sysctls-by-hand.js';
import type { LabNamespace } from '../../kernel/namespaces.js';

/** Sysctls that are not as in a new namespace, but for forwarding of a node, which a document says. Some 0.5 ms. */
export function lookAtSysctls(namespace: LabNamespace): readonly ObservedBeyond[] {
  const { rows } = readSysctls(new LookContext(namespace));
  return sysctlsByHand(namespace.name === ROOT_NAMESPACE, rows).map(({ key, value }) => ({
    kind: 'sysctl',
    text: `${key} = ${value}`,
  }));
}

/** Folders in which the sysctls are that are looked at, but for those of single interfaces. Those of netfilter nobody in a lab may set. */
export const watchedFolders: readonly SysctlPath[] = foldersOf(
  namespaceKeys.filter(([family]) => family !== 'netfilter'),
);

/** Folders of the sysctls of one interface, whatever it is called. */
export function interfaceFolders(ifname: string): readonly SysctlPath[] {
  return foldersOfInterfaces.map((path) => path.map((part) => (part === '*' ? ifname : part)));
}

const foldersOfInterfaces = foldersOf(interfaceKeys);

const lookedAt = new Set([...namespaceKeys, ...interfaceKeys].map((path) => path.at(-1)));

/** What we write ourselves in every node, and what a document says: it is seen without this. */
const told: ReadonlySet<string> = new Set(['ip_forward', 'forwarding', 'accept_dad']);

/** Whether a write to a file of this name may have changed what is looked at in a namespace. */
export function isSysctlBeyond(file: string, namespace: string): boolean {
  return lookedAt.has(file) && (namespace === ROOT_NAMESPACE || !told.has(file));
}

/** The same, of the files of a single interface: what a document says is said of all of them. */
export const isInterfaceSysctlBeyond = (file: string): boolean => lookedAt.has(file) && file !== 'accept_dad';

/** Each once. */
function foldersOf(paths: readonly SysctlPath[]): readonly SysctlPath[] {
  const folders = paths.map((path) => path.slice(0, -1));
  return [...new Map(folders.map((folder) => [folder.join('/'), folder])).values()];
}
