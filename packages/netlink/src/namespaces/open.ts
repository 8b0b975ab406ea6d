import { type NamespaceHandle, openNamespacePath } from './handle.js';
import { DEFAULT_DIRECTORY, namespacePath } from './name.js';

/**
 * Opens a named namespace.
 * @throws NetlinkError ENOENT when there is no such name, EINVAL when the file is no network namespace.
 */
export function openNamespace(name: string, directory: string = DEFAULT_DIRECTORY): NamespaceHandle {
  return openNamespacePath(namespacePath(name, directory), name);
}
