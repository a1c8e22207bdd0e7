import type { Context } from '@eungmo/api/context'
import { toErrorResponse } from '@eungmo/api/errors/error-body'

interface Export {
  fileName: string
  chunks: AsyncIterable<string>
}

/** Sends a CSV file as it is read; a apiError is JSON, as everywhere under /api. */
export async function csvResponse(context: Context, exported: Promise<Export>): Promise<Response> {
  try {
    const { fileName, chunks } = await exported
    return new Response(bytes(chunks), {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        // RFC 6266: the plain name is for those that do not know the encoded one.
        'Content-Disposition': `attachment; filename="export.csv"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      },
    })
  } catch (error) {
    const { status, body, headers } = toErrorResponse(error, context.locale)
    return Response.json(body, { status, headers })
  }
}

function bytes(chunks: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const reader = chunks[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await reader.return?.()
    },
  })
}
