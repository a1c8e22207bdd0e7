import { afterAll, expect, test, vi } from 'vitest'
import { composeMail } from '../src/mail/compose-mail.ts'
import { createMailer } from '../src/mail/mailer.ts'
import { startTestMailServer } from './support/test-mail-server.ts'

const server = await startTestMailServer({ user: 'shop@eungmo.test', password: 'p@ss:word' })
afterAll(() => server.stop())

const FROM = '응모 <no-reply@eungmo.test>'
const letter = composeMail('owner@shop.test', {
  subject: '<링고> 비밀번호',
  paragraphs: ['링고 & "베이커리" <script>', '30분'],
  link: { label: '열기', href: 'https://event.kr/reset?a=1&b=2' },
})
const errors: unknown[] = []
const log = { error: (...line: unknown[]) => void errors.push(line) }

test('a message arrives as text and as HTML in which nothing but our markup is markup', async () => {
  const mailer = createMailer({ smtpUrl: server.url, from: FROM, log })
  await mailer.send(letter)
  mailer.post({ ...letter, to: 'staff@shop.test' })
  await mailer.close()
  const [mail, posted] = server.received
  expect(mail).toMatchObject({
    recipients: ['owner@shop.test'],
    subject: '<링고> 비밀번호',
    from: { name: '응모', address: 'no-reply@eungmo.test' },
  })
  expect(mail?.text?.trim()).toBe('링고 & "베이커리" <script>\n\nhttps://event.kr/reset?a=1&b=2\n\n30분')
  expect(mail?.html).toContain('링고 &amp; &quot;베이커리&quot; &lt;script&gt;')
  expect(mail?.html).toContain('href="https://event.kr/reset?a=1&amp;b=2"')
  expect(posted?.recipients).toEqual(['staff@shop.test'])
  expect(errors).toEqual([])
})

test('a message that cannot be sent is logged without its recipient, and holds nobody up', async () => {
  const wrong = server.url.replace('p%40ss', 'other')
  const mailer = createMailer({ smtpUrl: wrong, from: FROM, log })
  await expect(mailer.send(letter)).rejects.toThrow()
  mailer.post(letter)
  await mailer.close()
  await vi.waitFor(() => expect(errors).toHaveLength(1))
  expect(JSON.stringify(errors)).not.toContain('owner@shop.test')
})

test('mail to another machine needs encryption, unless the operator says otherwise', async () => {
  // 127.0.0.1 by a name that is not known to be this machine.
  const remote = server.url.replace('127.0.0.1', '0.0.0.0')
  const from = FROM
  await expect(createMailer({ smtpUrl: remote, from, log }).send(letter)).rejects.toThrow(/STARTTLS|TLS/)
  const count = server.received.length
  await createMailer({ smtpUrl: `${remote}?tls=off`, from, log }).send(letter)
  expect(server.received).toHaveLength(count + 1)
})
