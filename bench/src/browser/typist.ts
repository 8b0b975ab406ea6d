// A program of its own: types into a page through the DevTools protocol, and does nothing else.
// Arguments: address of the page's DevTools socket, how many keys, milliseconds between two.
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** The line is emptied before it is full: what is measured is an echo, not a wrap. */
const lineLength = 50;
/** Not in step with the frames of the screen: pauses are longer by up to this. */
const jitterMs = 17;

const x = { key: 'x', code: 'KeyX', windowsVirtualKeyCode: 88, text: 'x' };
const controlU = { key: 'u', code: 'KeyU', windowsVirtualKeyCode: 85, modifiers: 2 };

const [address = '', keys = '0', pauseMs = '0'] = process.argv.slice(2);
const socket = new WebSocket(address, { perMessageDeflate: false });
await once(socket, 'open');
let lastId = 0;

for (let index = 0; index < Number(keys); index += 1) {
  const isLast = index % lineLength === lineLength - 1;
  if (isLast) await press({ type: 'rawKeyDown', ...controlU });
  else await press({ type: 'keyDown', ...x });
  const { key, code, windowsVirtualKeyCode } = isLast ? controlU : x;
  await press({ type: 'keyUp', key, code, windowsVirtualKeyCode });
  await new Promise((then) => setTimeout(then, Number(pauseMs) + ((index * 7) % jitterMs)));
}
socket.close();

/** Comes back once the browser has handed the event to the page. */
async function press(params: object): Promise<void> {
  lastId += 1;
  socket.send(JSON.stringify({ id: lastId, method: 'Input.dispatchKeyEvent', params }));
  for (;;) {
    const [data] = (await once(socket, 'message')) as [Buffer];
    if ((JSON.parse(data.toString()) as { id?: number }).id === lastId) return;
  }
}
