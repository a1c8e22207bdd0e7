import type { PhoneNoticeKind } from '@eungmo/db/queries/notices'
import type { Locale } from '../locale.ts'

/** Raised with every change of a text; a notice stores the version that was sent. */
export const NOTICE_TEXT_VERSION = 1

/** What a text to a winner names. No name and no phone number of the winner. */
export interface NoticeFacts {
  shop: string
  event: string
  prize: string
  /** Until when the prize can be claimed, in Korean time. */
  until: string
  link: string
  contact: string
}

/** What the text to an entrant who has forgotten the application number names. */
export interface ApplicationNumberFacts {
  shop: string
  event: string
  /** The application number. */
  number: string
  /** To the page where who never entered withdraws the entry. */
  link: string
  contact: string
}

/** Says why the winner receives it, as Alimtalk demands, and contains no advertising. */
const ground = {
  ko: '참여하신 이벤트의 당첨 안내예요. 계좌번호, 카드번호, 비밀번호는 묻지 않아요.\n문의 #{contact}',
  en: 'You get this because you won the event that you entered. We never ask for bank accounts, cards or passwords.\nContact: #{contact}',
}

/** With Kakao's placeholders, so that they can be registered as Alimtalk templates as they are. */
const templates: Record<PhoneNoticeKind, Record<Locale, string>> = {
  won: {
    ko: `[#{shop}] 축하해요! '#{event}'에 당첨되셨어요.\n경품: #{prize}\n#{until}까지 확인해 주세요.\n#{link}\n\n${ground.ko}`,
    en: `[#{shop}] Congratulations! You won in "#{event}".\nPrize: #{prize}\nPlease confirm by #{until}.\n#{link}\n\n${ground.en}`,
  },
  'two-days-left': {
    ko: `[#{shop}] '#{event}' 경품을 받으시려면 #{until}까지 확인해 주세요.\n경품: #{prize}\n#{link}\n\n${ground.ko}`,
    en: `[#{shop}] To get your prize in "#{event}", please confirm by #{until}.\nPrize: #{prize}\n#{link}\n\n${ground.en}`,
  },
  'claim-received': {
    ko: `[#{shop}] '#{event}' 경품 수령 확인을 받았어요.\n경품: #{prize}\n내용을 보거나 바꾸려면: #{link}\n\n${ground.ko}`,
    en: `[#{shop}] We received your confirmation for "#{event}".\nPrize: #{prize}\nSee or change it: #{link}\n\n${ground.en}`,
  },
  'application-number': {
    ko: `[#{shop}] '#{event}' 응모 번호: #{number}\n\n응모 번호를 요청하셔서 보내 드려요. 요청하지 않으셨다면 무시해 주세요.\n이 번호로 응모한 적이 없다면: #{link}\n\n계좌번호, 카드번호, 비밀번호는 묻지 않아요.\n문의 #{contact}`,
    en: `[#{shop}] Your application number in "#{event}": #{number}\n\nYou get this because it was requested for this phone. If you did not request it, ignore it.\nIf you never entered: #{link}\n\nWe never ask for bank accounts, cards or passwords.\nContact: #{contact}`,
  },
}

/** The text of a notice to a phone, with placeholders such as `#{shop}`. */
export const noticeTemplate = (kind: PhoneNoticeKind, locale: Locale): string => templates[kind][locale]

/** The facts by Kakao's names of placeholders. */
export const noticeVariables = (facts: NoticeFacts | ApplicationNumberFacts): Record<string, string> =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [`#{${name}}`, value]))

/** The text of a notice to a phone. */
export function noticeText(
  kind: PhoneNoticeKind,
  locale: Locale,
  facts: NoticeFacts | ApplicationNumberFacts,
): string {
  const values = noticeVariables(facts)
  return noticeTemplate(kind, locale).replace(/#\{\w+\}/g, (name) => values[name] ?? name)
}
