import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface TestMailServer {
  /** For SMTP_URL. */
  url: string
  /** What has arrived, oldest first. */
  received: (Email & { recipients: string[] })[]
  stop(): Promise<void>
}

/** An SMTP server on a free port that accepts every message; with `user` and `password` only after signing in. */
export async function startTestMailServer(account?: {
  user: string
  password: string
}): Promise<TestMailServer> {
  const received: TestMailServer['received'] = []
  const server = new SMTPServer({
    authOptional: account === undefined,
    disabledCommands: ['STARTTLS', ...(account ? [] : ['AUTH'])],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      const known = username === account?.user && password === account?.password
      done(known ? null : new Error('unknown user'), known ? { user: username } : undefined)
    },
    onData(stream, session, done) {
      new Response(stream as unknown as ReadableStream)
        .arrayBuffer()
        .then((raw) => PostalMime.parse(raw))
        .then((email) => {
          received.push({ ...email, recipients: session.envelope.rcptTo.map(({ address }) => address) })
          done()
        }, done)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const sign = account ? `${encodeURIComponent(account.user)}:${encodeURIComponent(account.password)}@` : ''
  return {
    url: `smtp://${sign}127.0.0.1:${port}`,
    received,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
