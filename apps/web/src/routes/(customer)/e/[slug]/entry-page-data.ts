import type { EntryPageView } from '@eungmo/api/events/page-schema'
import type { NoticeView } from '@eungmo/api/events/schema'

/** The event as the entry page shows it: in one language, without the texts that it does not show. */
export interface EntryPageData extends Omit<EntryPageView, 'consent' | 'marketing' | 'rules' | 'version'> {
  /** The version in force, which the form sends. */
  consent: Omit<NoticeView, 'text'> & { text: string }
  /** The text of the optional marketing box, and its version, which the form sends. */
  marketing: { version: number; text: string } | null
  rules: { hash: string; head: string; amendments: NonNullable<EntryPageView['rules']>['amendments'] } | null
}

export function entryPageData(view: EntryPageView, locale: 'ko' | 'en'): EntryPageData {
  const { consent, marketing, rules, version: _version, ...rest } = view
  return {
    ...rest,
    consent: { ...consent, text: consent.text[locale] },
    marketing: marketing && { version: marketing.version, text: marketing.text[locale] },
    rules: rules && { hash: rules.hash, head: rules.head, amendments: rules.amendments },
  }
}
