/**
 * Cuts a stream of text into lines, one message each: the line between the server and an agent of the host runtime, which is no
 * child of the server and so has no IPC channel. JSON has no bare line feeds, so none can be inside a message.
 */
export class MessageLines {
  #parts: string[] = [];

  /** The lines that this chunk completes. */
  add(chunk: string): string[] {
    const lines = chunk.split('\n');
    const rest = lines.pop() ?? '';
    if (lines.length > 0) {
      lines[0] = this.#parts.join('') + (lines[0] ?? '');
      this.#parts = [];
    }
    if (rest !== '') this.#parts.push(rest);
    return lines;
  }
}
