/** One number per pixel of the canvas, as the guest's screen is too large to be sent over each time. */
export function takePicture(canvas) {
  return canvas.evaluate((element) => {
    const { data, width, height } = element.getContext('2d').getImageData(0, 0, element.width, element.height);
    const colours = new Map();
    const pixels = new Uint32Array(data.buffer);
    for (const pixel of pixels) colours.set(pixel, (colours.get(pixel) ?? 0) + 1);
    const background = Math.max(0, ...colours.values());
    const previous = window.lqxPicture;
    window.lqxPicture = pixels;
    const sameSize = previous?.length === pixels.length;
    let changed = sameSize ? 0 : pixels.length;
    if (sameSize) for (let i = 0; i < pixels.length; i++) if (pixels[i] !== previous[i]) changed++;
    return { width, height, drawn: pixels.length - background, changed };
  });
}

/** Remembers what is on the screen; the answer tells how many pixels are different now, without forgetting it. */
export async function watchChanges(canvas) {
  await canvas.evaluate((element) => {
    const copy = () =>
      new Uint32Array(element.getContext('2d').getImageData(0, 0, element.width, element.height).data.buffer);
    const before = copy();
    window.lqxChangedSince = () => {
      const now = copy();
      if (now.length !== before.length) return now.length;
      return now.reduce((count, pixel, i) => count + (pixel === before[i] ? 0 : 1), 0);
    };
  });
  return () => canvas.evaluate(() => window.lqxChangedSince());
}
