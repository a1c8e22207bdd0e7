import type { Locale } from '../context.ts'

/** The caller's language by Accept-Language (RFC 9110): whichever of Korean and English weighs more, else `otherwise`. */
export function readLocale(acceptLanguage: string | null, otherwise: Locale): Locale {
  const weights = { ko: 0, en: 0 }
  for (const part of (acceptLanguage ?? '').split(',')) {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    const language = range.split('-')[0]
    if (language !== 'ko' && language !== 'en') continue
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    const weight = q === undefined ? 1 : Number(q.slice(2))
    if (weight > weights[language]) weights[language] = weight
  }
  if (weights.ko === weights.en) return otherwise
  return weights.ko > weights.en ? 'ko' : 'en'
}
