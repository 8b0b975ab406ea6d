/** Bytes of one message of a client on a stream, and of a JSON body; the server closes a stream that brings more. */
export const messageMaxBytes = 1024 * 1024;
