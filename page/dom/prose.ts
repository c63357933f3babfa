import { h } from './dom.ts';

/** Text from the service: anything between backticks is code. */
export const prose = (text: string | undefined): Node[] =>
  (text ?? '').split('`').map((part, k) => (k % 2 === 1 ? h('code', {}, part) : document.createTextNode(part)));
