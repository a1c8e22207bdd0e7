import type { SummaryFacts } from '@eungmo/db/queries/notice-summaries'
import { composeMail } from '../mail/compose-mail.ts'
import type { Mail } from '../mail/mailer.ts'

/** The summary of a draw for an owner, in Korean and English: the installation does not know who reads which. */
export function summaryMail(facts: SummaryFacts, publicUrl: string): Mail {
  const { email, eventId, title, shopName, entryCount, winnerCount, alternateCount, attempt } = facts
  const draw = attempt === 1 ? { ko: '추첨', en: 'draw' } : { ko: '재추첨', en: 'redraw' }
  return composeMail(email, {
    subject: `[${shopName}] ${title} ${draw.ko} 결과`,
    paragraphs: [
      `'${title}' ${draw.ko}이 끝났어요. 응모 ${entryCount}건에서 당첨자 ${winnerCount}명, 예비 당첨자 ${alternateCount}명을 뽑았어요.`,
      '당첨자에게 안내를 보내거나 연락하는 일은 위 주소에서 할 수 있어요.',
      `The ${draw.en} of "${title}" is done: ${winnerCount} winners and ${alternateCount} alternates out of ${entryCount} entries. Send notices to the winners from the page above.`,
    ],
    link: { label: '당첨자 보기 · See the winners', href: `${publicUrl}/admin/events/${eventId}/draw` },
  })
}
