/**
 * The `require` of a module, for packages that are loaded when first needed. Without an import of node:module, with which the library could not even be
 * loaded in a browser.
 *
 * @returns a function that throws Error where there is no Node
 */
export function nodeRequire(url: string): (name: string) => unknown {
  return (name) => {
    const node = globalThis.process?.getBuiltinModule?.('node:module');
    if (node === undefined) {
      throw new Error(
        `${name} cannot be loaded here: in a browser, pass TensorFlow.js to useTensorFlow, and lists or typed arrays as series`,
      );
    }
    return node.createRequire(url)(name);
  };
}
