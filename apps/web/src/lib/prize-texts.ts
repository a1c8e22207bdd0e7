import type { Locale } from '@eungmo/api/locale'
import * as m from '#lib/paraglide/messages.js'

interface Prizes {
  prizes: readonly { name: string; count: number }[]
  winnerCount: number
}

/** `생크림 케이크 3명` of each prize; the number of winners alone where an event has no prizes. */
export function prizeTexts({ prizes, winnerCount }: Prizes, locale: Locale): string[] {
  const counted = (count: number) => m.entry_prize_count({ count: count.toLocaleString(locale) }, { locale })
  if (prizes.length === 0) return [counted(winnerCount)]
  return prizes.map(({ name, count }) => `${name} ${counted(count)}`.trimStart())
}
