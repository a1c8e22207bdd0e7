import Negotiator from 'negotiator'
import type { Locale } from '../locale.ts'

/**
 * The language that an Accept-Language header (RFC 9110) prefers of Korean and English; `fallback` where it
 * names neither.
 */
export function negotiateLocale(acceptLanguage: string | null, fallback: Locale): Locale {
  if (acceptLanguage === null) return fallback
  const negotiator = new Negotiator({ headers: { 'accept-language': acceptLanguage } })
  const [preferred] = negotiator.languages(fallback === 'ko' ? ['ko', 'en'] : ['en', 'ko'])
  return preferred === 'ko' || preferred === 'en' ? preferred : fallback
}
