import { exportAccessLog } from '@eungmo/api/access-log/export-access-log'
import { contextOf } from '#lib/server/api/context.ts'
import { csvResponse } from '#lib/server/api/csv-response.ts'
import { readExport } from '#lib/server/api/read-export.ts'
import { actionText, actorText, roleText } from '../line-texts.ts'
import type { RequestHandler } from './$types'

const texts = { actor: actorText, role: roleText, action: actionText }

export const POST: RequestHandler = (event) => {
  const context = contextOf(event)
  return csvResponse(context, async () => exportAccessLog(context, await readExport(event.request), texts))
}
