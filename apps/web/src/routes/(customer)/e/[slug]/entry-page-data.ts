import type { EntryPageView } from '@eungmo/api/events/schema'

/** What the entry page's browser part gets: the view in one language, without the texts it does not show. */
export interface EntryPageData extends Omit<EntryPageView, 'consent' | 'rules'> {
  consentText: string
  rules: { hash: string; head: string; amendments: NonNullable<EntryPageView['rules']>['amendments'] } | null
}

export function entryPageData(view: EntryPageView, locale: 'ko' | 'en'): EntryPageData {
  const { consent, rules, ...rest } = view
  return {
    ...rest,
    consentText: consent[locale],
    rules: rules && { hash: rules.hash, head: rules.head, amendments: rules.amendments },
  }
}
