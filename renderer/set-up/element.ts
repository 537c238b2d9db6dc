/** An element of the page's own markup. */
export function element<Found extends Element>(selector: string, kind: new () => Found): Found {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`set-up/index.html lacks ${selector}`);
  return found;
}
