import type { Server } from 'bun'

/**
 * Seconds for which the reader of a download may pause, and then continue: a browser whose download is paused, or a
 * network that is gone for a while. Bun allows 255 at most.
 */
const MAX_DOWNLOAD_PAUSE_S = 240

/** Lets a client pause while it reads a download: longer than the idle timeout, which closes other connections. */
export function allowDownloadPauses(
  server: Server<undefined>,
  request: Request,
  response: Response,
  pauseS: number = MAX_DOWNLOAD_PAUSE_S,
): Response {
  if (response.headers.get('content-disposition')?.startsWith('attachment')) server.timeout(request, pauseS)
  return response
}
