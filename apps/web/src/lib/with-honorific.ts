import { getLocale } from '#lib/paraglide/runtime.js'

type Locale = ReturnType<typeof getLocale>

/**
 * A person's name as a sentence addresses or mentions them: in Korean with 님, unless it ends in it, as `링고 사장님`
 * does; in English the name itself. `locale` defaults to the page's.
 */
export const withHonorific = (name: string, locale: Locale = getLocale()): string =>
  locale === 'en' || name.endsWith('님') ? name : `${name} 님`
