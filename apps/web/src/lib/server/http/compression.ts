import { acceptedEncoding, compressBytes, MIN_COMPRESSED_BYTES } from '@eungmo/api/http/content-encoding'
import type { Step } from './pipeline.ts'

/**
 * Routes whose bodies hold a secret or personal data next to what the request said: the size of the compressed
 * body would tell whether the two are alike (BREACH). The beginning of a route's pattern, and what it holds:
 */
const SECRETS_BESIDE_INPUT = [
  // Keys and invitations shown once, visit tokens, names and phone numbers; the search's text, filters.
  '/(owner)/',
  '/api/trpc/',
  // The entrant's application number and receipt; what was typed before.
  '/(customer)/e/[slug]/done',
  '/(customer)/e/[slug]/check',
  // The link that withdraws an entry.
  '/(customer)/e/[slug]/not-me',
  // The winner's prize and address.
  '/(customer)/c/',
] as const

/** Types that become smaller. Not text/event-stream: its messages must arrive one by one. */
const compressibleType =
  /^(text\/(html|plain|csv|calendar|css|javascript)|application\/json|image\/svg\+xml)\b/

/**
 * Compresses bodies of 1 KB and more that are not compressed yet, with gzip: for a body that is sent once, br
 * costs more time, and every client that accepts br accepts gzip. Responses to a POST stay as they are: they
 * repeat what was sent.
 */
export const compression: Step = async (request, { route }, next) => {
  const response = await next()
  if (request.method !== 'GET' && request.method !== 'HEAD') return response
  const { headers, body } = response
  const isCompressible = compressibleType.test(headers.get('content-type') ?? '') || response.status === 304
  const isDone = headers.has('content-encoding') || /accept-encoding/i.test(headers.get('vary') ?? '')
  if (!isCompressible || isDone || holdsSecrets(route)) return response
  headers.append('vary', 'accept-encoding')
  return body && acceptedEncoding(request, ['gzip']) ? compress(response, body) : response
}

const holdsSecrets = (route: string | null) =>
  SECRETS_BESIDE_INPUT.some((beginning) => route?.startsWith(beginning))

async function compress(
  response: Response,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<Response> {
  const reader = body.getReader()
  const first = await reader.read()
  const second = first.done ? first : await reader.read()
  const { headers, status } = response
  if (second.done && (first.value?.length ?? 0) < MIN_COMPRESSED_BYTES)
    return new Response(first.value ?? null, { status, headers })
  headers.set('content-encoding', 'gzip')
  headers.delete('content-length')
  const etag = headers.get('etag')
  // The same page in other bytes.
  if (etag?.startsWith('"')) headers.set('etag', `W/${etag}`)
  const compressed =
    second.done && first.value
      ? await compressBytes(first.value, 'gzip')
      : resume([first.value, second.value], reader).pipeThrough(new CompressionStream('gzip'))
  return new Response(compressed, { status, headers })
}

/** What is left of a stream that was read from, after what was read. */
function resume(
  chunks: (Uint8Array<ArrayBuffer> | undefined)[],
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const chunk = chunks.shift() ?? (await reader.read()).value
      if (chunk) controller.enqueue(chunk)
      else controller.close()
    },
    cancel: (reason) => reader.cancel(reason),
  })
}
