export { openLabSocket } from './lab-socket';
export { type Problem, RequestFailed, readable } from './problem';
export { rest } from './rest-client';
export { StreamClient, type StreamEnd, type StreamOptions, type StreamStatus } from './stream-client';
