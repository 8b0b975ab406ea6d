import { parseLabFile, type Topology } from '@vethlab/topology';

/** The files of `labs/`, each a small chunk of its own that is fetched when the gallery is shown. */
const files = import.meta.glob<string>('../../../../labs/*.lab.yaml', { query: '?raw', import: 'default' });

/** The example labs as documents, by the id the server gives them: the file's name without `.lab.yaml`. */
export async function exampleTopologies(): Promise<ReadonlyMap<string, Topology>> {
  const read = await Promise.all(
    Object.entries(files).map(async ([path, load]): Promise<readonly [string, Topology | null]> => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return [name.replace(/\.lab\.yaml$/, ''), parseLabFile(await load()).topology];
    }),
  );
  return new Map(read.flatMap(([id, topology]) => (topology === null ? [] : [[id, topology] as const])));
}
