import type { Context } from '@eungmo/api/context'
import { toErrorResponse } from '@eungmo/api/errors/error-response'
import type { RequestEvent } from '@sveltejs/kit'
import { restContextOf } from '../front/rest.ts'
import { type CsvFile, csvResponse } from './csv-response.ts'
import { readExport } from './read-export.ts'

interface Export {
  open(context: Context, eventId: string, body: unknown): Promise<CsvFile>
  /** The tab of the event whose form asks for the file. */
  page: 'participants' | 'draw'
}

/**
 * Sends a file for the purpose that a page's form or an app states. A browser whose sign-in is too old is led to
 * sign in again, and back to its form with the purpose that was typed.
 */
export async function respondExport(
  event: RequestEvent,
  eventId: string,
  { open, page }: Export,
): Promise<Response> {
  const context = restContextOf(event)
  const isForm = event.request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')
  let again: string | undefined
  const response = await csvResponse(context, async () => {
    const body = await readExport(event.request)
    try {
      return await open(context, eventId, body)
    } catch (error) {
      if (isForm && toErrorResponse(error, context.locale).body.code === 'SIGN_IN_AGAIN') {
        const typed = new URLSearchParams({
          purpose: String(body.purpose ?? ''),
          file: event.url.pathname.split('/').at(-1) ?? '',
        })
        again = `/admin/events/${encodeURIComponent(eventId)}/${page}?${typed}`
      }
      throw error
    }
  })
  if (again === undefined) return response
  const location = `/admin/again?next=${encodeURIComponent(again)}`
  return new Response(null, { status: 303, headers: { location } })
}
