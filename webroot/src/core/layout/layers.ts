const LAYER = 'lqx-layer';

/** A place above all that is open already; empty, and not on the page yet. */
export function newLayer(): HTMLElement {
  const layer = document.createElement('div');
  layer.className = LAYER;
  return layer;
}

/** Puts the layer uppermost; answers how to take it away again. */
export function openLayer(layer: HTMLElement): () => void {
  document.body.append(layer);
  showUppermost();
  return () => {
    layer.remove();
    showUppermost();
  };
}

/** Whether nothing lies above this layer. */
export function isUppermost(layer: HTMLElement): boolean {
  return uppermost() === layer;
}

function uppermost(): Element | undefined {
  return [...document.querySelectorAll(`body > .${LAYER}`)].at(-1);
}

/** All that lies below the uppermost layer is not there for screen readers. */
function showUppermost(): void {
  const top = uppermost();
  for (const part of document.body.children) {
    if (top === undefined || part === top) part.removeAttribute('aria-hidden');
    else part.setAttribute('aria-hidden', 'true');
  }
}
