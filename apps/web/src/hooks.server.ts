import { destroyBeforeServing } from '@eungmo/api/destruction/before-serving'
import { logFailure } from '@eungmo/api/errors/log-failure'
import { waitForKeys } from '@eungmo/api/key-checks/wait-for-keys'
import { requireDirectConnection } from '@eungmo/db/connection/direct-connection'
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks'
import { sequence } from '@sveltejs/kit/hooks'
import * as m from '#lib/paraglide/messages.js'
import { logSetupCode } from '#lib/server/auth/auth.ts'
import { firstOf, frontSlot } from '#lib/server/front/front-handler.ts'
import { respondRest } from '#lib/server/front/rest.ts'
import { apiHandle } from '#lib/server/hooks/api.ts'
import { authHandle } from '#lib/server/hooks/auth.ts'
import { frontHandle } from '#lib/server/hooks/front.ts'
import { pipelineHandle } from '#lib/server/hooks/pipeline.ts'
import { storedPagesHandle } from '#lib/server/hooks/stored-pages.ts'
import { startBackgroundWork } from '#lib/server/jobs/background-work.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { logger } from '#lib/server/process/logger.ts'
import { reportIgnoredForwarding } from '#lib/server/process/metrics.ts'
import { DATABASE_URL } from '$app/env/private'
import { respondEntryForm } from './routes/(customer)/e/[slug]/respond-entry-form.ts'

const respondInFront = firstOf(respondRest, respondEntryForm)

export const init: ServerInit = async () => {
  await requireDirectConnection(DATABASE_URL)
  await waitForKeys(dependencies())
  await destroyBeforeServing(dependencies(), DATABASE_URL)
  await startBackgroundWork(logger)
  await logSetupCode(logger)
  const front = frontSlot()
  front.handler = respondInFront
  front.reportIgnoredForwarding = () => reportIgnoredForwarding(logger)
}

export const handle: Handle = sequence(
  frontHandle(respondInFront),
  pipelineHandle,
  storedPagesHandle,
  authHandle,
  apiHandle,
)

/** Shows the visitor a sentence and the request's id; the log has the cause under that id. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'app') return {}
  const { requestId } = event.locals
  if (kind === 'unknown') {
    const route = event.route.id ?? 'none'
    // A page did not handle an error that has another status: the response is a 500 nevertheless.
    if (!logFailure(logger, error, { route })) logger.error({ err: error, route }, 'unexpected error')
    return { status: 500, message: m.error_unexpected(), requestId }
  }
  const { status } = error
  return { status, message: status === 404 ? m.error_not_found() : m.error_unexpected(), requestId }
}
