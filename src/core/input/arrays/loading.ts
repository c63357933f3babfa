let tell: (isLoading: boolean) => void = () => {};

/** Sets who is told when a library begins to load, which cannot be interrupted, and when it is there. */
export function whenLoading(act: (isLoading: boolean) => void): void {
  tell = act;
}

/** Loads a library that not everyone needs. */
export function loading<T>(load: () => T): T {
  tell(true);
  try {
    return load();
  } finally {
    tell(false);
  }
}
