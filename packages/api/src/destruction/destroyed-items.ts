import { personalColumns } from '@eungmo/db/schema/personal-columns'
import type { Locale } from '../locale.ts'

/** What a certificate calls each column that is destroyed with its participant; a null column is part of another item. */
const items: Readonly<Record<string, Record<Locale, string> | null>> = {
  'participants.name': { ko: '이름', en: 'name' },
  'participants.phone_number': {
    ko: '전화번호와 그것을 찾는 색인',
    en: 'phone number and the index that finds it',
  },
  'participants.phone_index': null,
  'participants.application_number': { ko: '응모 번호', en: 'application number' },
  'participants.submission_id': { ko: '응모 양식의 식별값', en: 'id of the entry form' },
  'participants.marketing_consented_at': { ko: '마케팅 수신 동의', en: 'marketing consent' },
  'participants.marketing_version': null,
  'participants.participated_at': {
    ko: '참여·동의·방문·당첨·제외 시각의 분과 초',
    en: 'minutes and seconds of entry, consent, visit, win and exclusion',
  },
  'participants.consented_at': null,
  'participants.visited_at': null,
  'participants.won_at': null,
  'participants.excluded_at': null,
  'participants.exclusion_note': { ko: '추첨 제외 메모', en: 'note on an exclusion from the draw' },
  'draw_winners.person': {
    ko: '당첨 기록의 참여자 확인값',
    en: 'the value that ties a winner to the draw',
  },
  'draw_winners.withdraw_note': { ko: '당첨 취소 메모', en: 'note on a withdrawn winner' },
  'draw_winners.link_id': { ko: '당첨 안내 링크', en: 'the link for claiming the prize' },
  'draw_winners.claimed_at': {
    ko: '확인·수령 시각의 분과 초',
    en: 'minutes and seconds of claim and hand-over',
  },
  'draw_winners.handed_over_at': null,
  'claims.details': { ko: '수령 정보(방문일 또는 받을 곳)', en: 'pick-up day, or delivery address' },
  'notices.provider_message_id': { ko: '보낸 안내', en: 'notices sent' },
  'contact_attempts.note': { ko: '연락 기록', en: 'contact attempts' },
}

/** What destruction erases of a participant, in the words of a certificate. Throws for a column without words. */
export function destroyedItems(locale: Locale): string[] {
  const erased = personalColumns.filter(({ withParticipant }) => withParticipant)
  const names = erased.map(({ table, column }) => `${table}.${column}`)
  const unnamed = names.filter((name) => items[name] === undefined)
  if (unnamed.length > 0) throw new Error(`no certificate names ${unnamed.join(', ')}`)
  return Object.entries(items).flatMap(([name, item]) => (item && names.includes(name) ? [item[locale]] : []))
}
