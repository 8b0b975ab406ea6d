/** How often a property is tried: as often as said with `npm run test:full`, and a third of it otherwise, which is other cases every time. */
export function runs(long: number): number {
  return process.env.VETHLAB_FULL === undefined ? Math.ceil(long / 3) : long;
}
