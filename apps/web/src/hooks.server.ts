import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks'
import { sequence } from '@sveltejs/kit/hooks'
import * as m from '#lib/paraglide/messages.js'
import { apiHandle } from '#lib/server/hooks/api.ts'
import { authHandle } from '#lib/server/hooks/auth.ts'
import { pipelineHandle } from '#lib/server/hooks/pipeline.ts'
import { startBackgroundWork } from '#lib/server/jobs/background-work.ts'
import { logger } from '#lib/server/process/logger.ts'

export const init: ServerInit = () => startBackgroundWork(logger)

export const handle: Handle = sequence(pipelineHandle, authHandle, apiHandle)

/** Shows the visitor a sentence and the request's id; the log has the cause under that id. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'app') return {}
  const { requestId } = event.locals
  if (kind === 'unknown') {
    logger.error({ requestId, route: event.route.id, err: error }, 'unexpected error')
    return { status: 500, message: m.error_unexpected(), requestId }
  }
  const { status } = error
  return { status, message: status === 404 ? m.error_not_found() : m.error_unexpected(), requestId }
}
