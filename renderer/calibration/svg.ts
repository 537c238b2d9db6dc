const NAMESPACE = 'http://www.w3.org/2000/svg';

/** A new element of the drawing, with its attributes. */
export function svg<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Readonly<Record<string, string | number>> = {}, ...children: readonly SVGElement[]): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** An element of the page that its HTML promises. @throws Error when the two do not fit together */
export function byId<Wanted extends Element>(id: string, kind: new () => Wanted): Wanted {
  const found = document.getElementById(id) as Element | null;
  if (!(found instanceof kind)) throw new Error(`index.html has no ${kind.name} with the id "${id}"`);
  return found;
}
