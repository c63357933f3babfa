type Child = Node | string | number | false | null | undefined;
type Value = string | number | boolean | undefined | ((event: Event) => void);
type Properties = Readonly<Record<string, Value>>;

/** An HTML element. A function is a listener for the event in its name: `{ onclick }`. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return furnished(document.createElement(tag), properties, children);
}

/** An SVG element, likewise. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return furnished(document.createElementNS('http://www.w3.org/2000/svg', tag), properties, children);
}

function furnished<E extends Element>(element: E, properties: Properties, children: readonly Child[]): E {
  setAll(element, properties);
  for (const child of children) {
    if (child !== false && child !== null && child !== undefined) element.append(child as Node | string);
  }
  return element;
}

/** Sets attributes; `false` and `undefined` remove one. */
export function setAll(element: Element, properties: Properties): void {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** The element with this id, which index.html has. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  return document.getElementById(id) as E;
}

let ids = 0;
/** An id that no other element has, for labels and descriptions. */
export const freshId = (what: string): string => `${what}-${++ids}`;
