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

/** The URL, or a path that no route has where it cannot be decoded: then the request passes every door before it is refused. */
export const routable = (url = '/'): string => (isReadable(url) ? url : '/%25');
