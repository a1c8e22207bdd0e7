import { authSecrets } from '@eungmo/api/crypto/auth-secrets'
import { type SignUpMode, signUpMode } from '@eungmo/config/sign-up-mode'
import {
  GOOGLE_CLIENT_ID,
  GOOGLE_CLIENT_SECRET,
  KAKAO_CLIENT_ID,
  KAKAO_CLIENT_SECRET,
  NAVER_CLIENT_ID,
  NAVER_CLIENT_SECRET,
  PUBLIC_URL,
  RATE_LIMIT,
  SECOND_FACTOR,
  SIGN_UP,
} from '$app/env/private'
import { authMail } from '../mail/auth-mail.ts'
import { dependencies } from '../process/dependencies.ts'
import { logger } from '../process/logger.ts'
import { mailer } from '../process/mailer.ts'
import { type Auth, createAuth, type SocialProvider } from './create-auth.ts'
import { setupCode } from './setup-code.ts'
import { setupCodeLine } from './setup-code-line.ts'

type ProviderName = 'kakao' | 'naver' | 'google'

function providers(): Partial<Record<ProviderName, SocialProvider>> {
  const read: [ProviderName, string | undefined, string | undefined][] = [
    ['kakao', KAKAO_CLIENT_ID, KAKAO_CLIENT_SECRET],
    ['naver', NAVER_CLIENT_ID, NAVER_CLIENT_SECRET],
    ['google', GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET],
  ]
  const configured: Partial<Record<ProviderName, SocialProvider>> = {}
  for (const [name, clientId, clientSecret] of read) {
    if (clientId && clientSecret) configured[name] = { clientId, clientSecret }
  }
  return configured
}

/** The providers that sign-in offers in addition to e-mail and password. */
export const configuredProviders = (): ProviderName[] => Object.keys(providers()) as ProviderName[]

/** Who may create an account in this installation. */
export const signUp = (): SignUpMode => signUpMode({ SIGN_UP, PUBLIC_URL })

let instance: Auth | undefined

/** The process's better-auth, created at the first call. */
export function auth(): Auth {
  if (instance) return instance
  const { db, secrets, publicUrl } = dependencies()
  const outgoing = mailer()
  instance = createAuth({
    db,
    secrets: authSecrets(secrets),
    publicUrl,
    rateLimit: RATE_LIMIT === 'on',
    signUp: { mode: signUp(), setupCode: setupCode(secrets) },
    secondFactor: SECOND_FACTOR ?? (publicUrl.startsWith('https:') ? 'required' : 'optional'),
    mail: outgoing && authMail(outgoing, publicUrl),
    providers: providers(),
    log: logger,
  })
  return instance
}

/** Logs how the first owner of a new installation signs up. */
export async function logSetupCode(log: typeof logger): Promise<void> {
  const { db, secrets, publicUrl } = dependencies()
  const line = await setupCodeLine(db, { mode: signUp(), secrets, publicUrl })
  if (line) log.warn({}, line)
}
