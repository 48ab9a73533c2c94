import { setTimeout as pause } from 'node:timers/promises';
import { connect, createServer } from 'node:net';

/** A way from a browser to the platform on this machine, which can be slowed and cut; what it carries stays encrypted. */
export async function openNetwork(target) {
  const { port } = new URL(target);
  const sockets = new Set();
  let cut = false;
  let bytesPerSecond = Infinity;

  const keep = (socket, other) => {
    sockets.add(socket);
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const send = async (from, to) => {
    for await (const bytes of from) {
      if (!to.write(bytes)) await Promise.race([pause(1000), new Promise((resolve) => to.once('drain', resolve))]);
      if (bytesPerSecond < Infinity) await pause((bytes.length / bytesPerSecond) * 1000);
    }
    to.end();
  };
  const server = createServer((browser) => {
    if (cut) {
      browser.destroy();
      return;
    }
    const platform = connect({ port: Number(port), host: '127.0.0.1' });
    keep(browser, platform);
    keep(platform, browser);
    platform.on('connect', () => {
      platform.pipe(browser);
      // A connection that was cut is told by its other end.
      send(browser, platform).catch(() => platform.destroy());
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://localhost:${server.address().port}`,
    slow: (rate) => (bytesPerSecond = rate),
    cut: () => {
      cut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      cut = false;
      bytesPerSecond = Infinity;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
