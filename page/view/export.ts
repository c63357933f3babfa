import { h } from '../dom/dom.ts';
import { enlarged } from '../plot/figure.ts';

/** The text of a table, or why there is none; undefined where there is no figure. */
export type TableOf = () => string | { readonly none: string } | undefined;

/** Buttons that save a figure: as it is drawn (PNG, SVG), and its numbers (CSV). */
export function saveButtons(figure: HTMLElement, name: string, table: TableOf): HTMLElement {
  const png = button(name, 'PNG', async () => {
    const picture = pictureOf(figure);
    if (picture) download(await pngOf(picture), `${name}.png`);
  });
  const drawing = button(name, 'SVG', () => {
    const picture = pictureOf(figure);
    if (picture) download(new Blob([svgFile(picture)], { type: 'image/svg+xml' }), `${name}.svg`);
  });
  return saving(name, table, png, drawing);
}

/** A button that saves the numbers of something that is more than one figure. */
export const saveCsv = (name: string, table: TableOf): HTMLElement => saving(name, table);

function saving(name: string, table: TableOf, ...buttons: HTMLElement[]): HTMLElement {
  const why = h('span', { role: 'status' });
  const csv = button(name, 'CSV', () => {
    const made = table();
    why.textContent = typeof made === 'object' ? made.none : '';
    if (typeof made === 'string') download(new Blob([made], { type: 'text/csv' }), `${name}.csv`);
  });
  return h('div', { class: 'save', role: 'group', 'aria-label': `Save ${name}` }, 'Save as', ...buttons, csv, why);
}

const button = (name: string, label: string, save: () => void | Promise<void>): HTMLElement =>
  h(
    'button',
    { type: 'button', class: 'quiet', 'aria-label': `Save ${name} as ${label}`, onclick: () => void save() },
    label,
  );

/** Saves a file. */
export function download(content: Blob, name: string): void {
  const href = URL.createObjectURL(content);
  h('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** What the style sheet says of a drawing, and a file must say itself. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-linecap',
  'text-anchor',
  'font-size',
  'font-weight',
  'opacity',
] as const;

/** A drawing without its ground and its cells, which are beside it: the policy of the page lets no picture hold another. */
interface Picture {
  readonly text: string;
  readonly width: number;
  readonly height: number;
  readonly ground: string;
  readonly cells?: { readonly canvas: HTMLCanvasElement; readonly box: readonly [number, number, number, number] };
}

/** A figure as it is on the screen, with the style sheet's words written out. */
function pictureOf(figure: HTMLElement): Picture | undefined {
  const drawn = figure.querySelector<SVGSVGElement>('svg:not(.layer)');
  if (!drawn) return undefined;
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const [from, to] = [drawn, copy].map((one) => [...one.querySelectorAll('*')]) as [Element[], Element[]];
  from.forEach((element, k) => {
    const style = getComputedStyle(element);
    for (const name of STYLES) to[k]?.setAttribute(name, style.getPropertyValue(name));
    if (!to[k]?.classList.contains('cross')) to[k]?.removeAttribute('class');
  });
  for (const cross of copy.querySelectorAll('.cross')) cross.remove();
  const { width, height } = drawn.viewBox.baseVal;
  const attributes = {
    'font-family': 'Inter, system-ui, sans-serif',
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
  };
  for (const [name, value] of Object.entries(attributes)) copy.setAttribute(name, String(value));
  const canvas = figure.querySelector<HTMLCanvasElement>('canvas.cells');
  const place = (name: 'left' | 'top' | 'width' | 'height') =>
    Number.parseFloat(canvas?.style[name] ?? '0') / enlarged();
  return {
    text: new XMLSerializer().serializeToString(copy),
    width,
    height,
    ground: getComputedStyle(document.documentElement).backgroundColor,
    ...(canvas && { cells: { canvas, box: [place('left'), place('top'), place('width'), place('height')] } }),
  };
}

/** A picture as an SVG file of its own. */
function svgFile({ text, width, height, ground, cells }: Picture): string {
  const [x, y, across, down] = cells?.box ?? [];
  const image = cells
    ? `<image x="${x}" y="${y}" width="${across}" height="${down}" preserveAspectRatio="none" image-rendering="pixelated" href="${cells.canvas.toDataURL()}"/>`
    : '';
  return text.replace('>', `><rect width="${width}" height="${height}" fill="${ground}"/>${image}`);
}

/** Twice as large as on the screen, for print. */
const SCALE = 2;

async function pngOf({ text, width, height, ground, cells }: Picture): Promise<Blob> {
  const href = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  const image = new Image();
  image.src = href;
  await image.decode();
  const canvas = h('canvas', { width: width * SCALE, height: height * SCALE });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.scale(SCALE, SCALE);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.imageSmoothingEnabled = false;
  if (cells) context.drawImage(cells.canvas, ...cells.box);
  context.drawImage(image, 0, 0, width, height);
  URL.revokeObjectURL(href);
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new RangeError('the picture is too large')))),
  );
}
