/** Whether the path of a URL can be decoded. */
export function isReadable(url = '/'): boolean {
  if (!url.includes('%')) return true;
  try {
    decodeURI(url.split(/[?#]/)[0] as string);
    return true;
  } catch {
    return false;
  }
}

/** The URL, or, if it cannot be decoded, a path that no route has, so that the request passes all checks before it is refused. */
export const routable = (url = '/'): string => (isReadable(url) ? url : '/%25');
