import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { createNotifier } from '../../src/notices/create-notifier.ts'
import type { Notifier } from '../../src/notices/notifier.ts'
import { TEST_ACCOUNT } from './test-solapi.ts'

/** What a process with the settings of text messages sends by, to a test server at this address. */
export const solapiNotifier = (url: string): Notifier =>
  createNotifier({
    mailer: undefined,
    solapi: {
      SOLAPI_API_KEY: TEST_ACCOUNT.apiKey,
      SOLAPI_API_SECRET: TEST_ACCOUNT.apiSecret,
      SOLAPI_SENDER: '021234567',
      SOLAPI_CHANNEL: undefined,
      SOLAPI_TEMPLATES: [],
      SOLAPI_URL: url,
    },
    log: quietLogger,
  })
