/**
 * What two readers say of the same moment. A kernel goes on between two readings (addresses settle, neighbours and switches learn), so theirs is
 * read before and after ours, again and again until it was the same.
 */
export async function atOneMoment<Ours, Theirs>(
  readTheirs: () => Theirs,
  readOurs: () => Promise<Ours>,
): Promise<{ readonly ours: Ours; readonly theirs: Theirs }> {
  for (let before = readTheirs(); ; ) {
    const ours = await readOurs();
    const theirs = readTheirs();
    if (JSON.stringify(before) === JSON.stringify(theirs)) return { ours, theirs };
    before = theirs;
  }
}
