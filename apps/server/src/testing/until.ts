/**
 * How long a test waits for something that takes milliseconds, on a machine that is busy with other tests; longer in the second kernel
 * (scripts/uml), where everything takes several times as long.
 */
const patienceMs = process.env.VETHLAB_UML === '1' ? 180_000 : 60_000;
const pollMs = 10;

/** Asks again and again until the answer is not null or false; gives it. */
export async function until<Value>(ask: () => Value | Promise<Value>, what: string): Promise<NonNullable<Value>> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`Waited ${patienceMs} ms for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
