import { createLogger } from '@eungmo/messaging/logging/create-logger'
import { LOG_LEVEL } from '$app/env/private'
import { currentRequestId } from '../http/request-scope.ts'

/** JSON lines on standard output, with the id of the request in hand. */
export const logger = createLogger({
  app: 'web',
  level: LOG_LEVEL,
  context: () => {
    const requestId = currentRequestId()
    return requestId ? { requestId } : {}
  },
})
