import { readBody } from '@eungmo/api/http/read-body'
import { BODY_LIMIT } from '$app/env/private'

const FORM = 'application/x-www-form-urlencoded'

/** What an export is for, as a page's form posts it, or as JSON. Throws as `readBody` does. */
export async function readExport(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== FORM) return readBody(request, BODY_LIMIT)
  return Object.fromEntries(new URLSearchParams(await request.text()))
}
