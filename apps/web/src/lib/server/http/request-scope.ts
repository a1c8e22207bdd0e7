import { AsyncLocalStorage } from 'node:async_hooks'
import { baseLocale, type Locale } from '#lib/paraglide/runtime.js'

interface RequestScope {
  locale: Locale
  requestId: string
}

const storage = new AsyncLocalStorage<RequestScope>()

/** The language of the request in hand; outside of a request the base language. */
export const currentLocale = (): Locale => storage.getStore()?.locale ?? baseLocale

/** The id of the request in hand; undefined outside of a request. */
export const currentRequestId = (): string | undefined => storage.getStore()?.requestId

/** Runs `run`, and everything that it starts, as part of a request. */
export const runInRequest = <T>(scope: RequestScope, run: () => T): T => storage.run(scope, run)
