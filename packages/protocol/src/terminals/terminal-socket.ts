import type { TerminalSession } from './terminal.js';

/**
 * Text frames, server → viewer, on `/api/v1/labs/{id}/terminals/{tid}?ticket=…&from=OFFSET`. Binary frames are raw output.
 * Offsets count the bytes of output since the shell started.
 */
export type TerminalServerFrame =
  /**
   * First frame, and again whenever the viewer missed something: the binary frames that follow continue at offset `from`.
   * With `reset` what the viewer shows is no longer right: clear the screen and the scrollback first. Without it, `from` is
   * where the viewer is already.
   */
  | {
      readonly type: 'attached';
      readonly session: TerminalSession;
      readonly from: number;
      readonly reset: boolean;
      /**
       * What is sent up to this offset was written before now. A query in it (cursor position, colours) was answered long
       * ago: the viewer must not answer it into the shell a second time. Absent: not known.
       */
      readonly end?: number;
    }
  /** Somebody resized the terminal: every viewer shows it in this size. */
  | { readonly type: 'size'; readonly cols: number; readonly rows: number }
  /** The title, the node or the number of viewers changed. */
  | { readonly type: 'session'; readonly session: TerminalSession }
  /** The shell ended; everything it wrote was sent before. The socket stays open until the viewer or the session is closed. */
  | { readonly type: 'exited'; readonly session: TerminalSession }
  /** A frame that was not understood, or input to a shell that ended; the socket stays open. */
  | { readonly type: 'error'; readonly code: string; readonly detail: string };

/** Text frames, viewer → server. Binary frames are keystrokes, at most `terminalInputMaxBytes` each. */
export type TerminalViewerFrame =
  | { readonly type: 'resize'; readonly cols: number; readonly rows: number }
  /** So many more bytes of output are on the screen (the callback of xterm's `write`). Send it at least every 128 KB. */
  | { readonly type: 'ack'; readonly bytes: number };
