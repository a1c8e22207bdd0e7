import type { events } from './schema.ts'

type Event = typeof events.$inferSelect

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)

const page = (title: string, body: string) => `<!doctype html>
<html lang="ko">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body>
</html>`

export function entryPage(event: Event): string {
  const paths = event.entryPaths.map((path) => `<option>${escapeHtml(path)}</option>`).join('')
  return page(
    event.title,
    `<p>${event.startsAt.toISOString()} ~ ${event.endsAt.toISOString()}</p>
<p>당첨자 발표 ${event.announcementDate.toISOString()}</p>
<form method="post">
<label>이름 <input name="name" required></label>
<label>휴대전화 번호 <input name="phoneNumber" type="tel" required></label>
<label>참여경로 <select name="entryPath">${paths}</select></label>
<label><input name="privacyConsent" type="checkbox" required> 개인정보 수집 및 이용 동의</label>
<button>참여하기</button>
</form>`,
  )
}

export interface Winner {
  rank: number
  name: string
  applicationNumber: string
}

export function winnersPage(event: Event, winners: readonly Winner[]): string {
  const rows = winners.map(
    ({ rank, name, applicationNumber }) =>
      `<tr><td>${rank}</td><td>${escapeHtml(name.slice(0, 1))}**</td><td>${escapeHtml(applicationNumber)}</td></tr>`,
  )
  return page(event.title, `<table>${rows.join('')}</table>`)
}
