import type { Context } from '@eungmo/api/context'
import { asDomainError } from '@eungmo/api/errors/as-domain-error'
import { logDenied } from '@eungmo/api/errors/log-denied'
import { logFailure } from '@eungmo/api/errors/log-failure'
import { textStream } from '@eungmo/api/http/text-stream'
import { attachment } from '../http/attachment.ts'
import { jsonErrorResponse } from './error-response.ts'

export interface CsvFile {
  fileName: string
  chunks: AsyncIterable<string>
}

/** Streams a CSV file as it is read from the database; an API error is JSON, as everywhere under /api. */
export async function csvResponse(context: Context, open: () => Promise<CsvFile>): Promise<Response> {
  try {
    const { fileName, chunks } = await open()
    return new Response(
      textStream(chunks, (error) => logFailure(context.dependencies.log, error)),
      {
        headers: {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': attachment(fileName, 'export.csv'),
        },
      },
    )
  } catch (cause) {
    logDenied(context.dependencies.log, asDomainError(cause), context.viewer)
    return jsonErrorResponse(cause, context.locale)
  }
}
