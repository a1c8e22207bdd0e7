import type { NoticeTemplate } from '@eungmo/config/readers'
import type { Logger } from '@eungmo/messaging/logging/logger'
import type { Mailer } from '../mail/mailer.ts'
import type { Notifier } from './notifier.ts'
import { createSolapi } from './providers/solapi.ts'

/** The variables of solapi as read from the environment. */
export interface SolapiVariables {
  SOLAPI_API_KEY: string | undefined
  SOLAPI_API_SECRET: string | undefined
  SOLAPI_SENDER: string | undefined
  SOLAPI_CHANNEL: string | undefined
  SOLAPI_TEMPLATES: readonly NoticeTemplate[]
  SOLAPI_URL: string
}

/** The ways out that the environment sets up. */
export function createNotifier({
  mailer,
  solapi,
  log,
}: {
  mailer: Mailer | undefined
  solapi: SolapiVariables
  log: Logger
}): Notifier {
  const { SOLAPI_API_KEY: apiKey, SOLAPI_API_SECRET: apiSecret, SOLAPI_SENDER: sender } = solapi
  const { SOLAPI_CHANNEL: channel, SOLAPI_TEMPLATES: templates, SOLAPI_URL: url } = solapi
  if (!apiKey || !apiSecret || !sender) return { phone: null, mail: mailer ?? null }
  const alimtalk = channel
    ? { channel, templates: Object.fromEntries(templates.map(({ kind, id }) => [kind, id])) }
    : undefined
  return { phone: createSolapi({ url, apiKey, apiSecret, sender, alimtalk, log }), mail: mailer ?? null }
}
