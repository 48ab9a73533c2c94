import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { useCallback, type ReactNode } from 'react';
import type { Vm } from '../core/api/types';
import { ConsoleFrame } from './ConsoleFrame';
import { socketUrl } from './ticket';
import { useConnection, type Opener } from './useConnection';

/** Bytes as they come; a binary string from the terminal is one byte per character. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

/** The VM's serial line. */
export default function SerialConsole({ vm, isOn, children }: { vm: Vm; isOn: boolean; children?: ReactNode }) {
  const opener = useCallback<Opener>((element, ticket, on) => {
    const terminal = new Terminal({ cursorBlink: true, fontFamily: 'monospace', fontSize: 14, screenReaderMode: true });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    element.replaceChildren();
    terminal.open(element);
    fit.fit();
    const resized = new ResizeObserver(() => fit.fit());
    resized.observe(element);

    const socket = new WebSocket(socketUrl(ticket, window.location), [ticket.protocol]);
    socket.binaryType = 'arraybuffer';
    const encoder = new TextEncoder();
    const send = (bytes: Uint8Array<ArrayBuffer>): void => {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
    };
    terminal.onData((text) => send(encoder.encode(text)));
    terminal.onBinary((text) => send(bytesOf(text)));
    socket.onopen = () => {
      on.open();
      terminal.focus();
    };
    socket.onmessage = (message: MessageEvent<ArrayBuffer | string>) =>
      terminal.write(typeof message.data === 'string' ? message.data : new Uint8Array(message.data));
    socket.onclose = (event) => on.closed(event.reason || 'The connection was closed.');
    return {
      close: () => {
        resized.disconnect();
        socket.close();
        terminal.dispose();
      },
    };
  }, []);

  const { status, element, reconnect } = useConnection(vm, 'SERIAL', isOn, opener);
  return (
    <ConsoleFrame label={`Serial console of ${vm.name}`} status={status} element={element} onReconnect={reconnect}>
      {children}
    </ConsoleFrame>
  );
}
