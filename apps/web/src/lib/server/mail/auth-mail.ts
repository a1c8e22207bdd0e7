import { composeMail } from '@eungmo/api/mail/compose-mail'
import type { Mailer } from '@eungmo/api/mail/mailer'
import * as m from '#lib/paraglide/messages.js'
import { withHonorific } from '#lib/with-honorific.ts'
import { currentLocale } from '../http/request-scope.ts'

/** What sign-in sends, in the language of the request that caused it. */
export interface AuthMail {
  /** A link with which the account's password can be set. */
  reset(to: { email: string; name: string }, token: string): void
  /** That the password was changed: news to the owner if somebody else did it. */
  passwordChanged(to: { email: string; name: string }): void
  /** A link to join a shop. */
  invite(invitation: { id: string; email: string; shopName: string; inviter: string }): void
}

/** The messages of sign-in. `publicUrl` is the origin of their links. */
export const authMail = (mailer: Pick<Mailer, 'post'>, publicUrl: string): AuthMail => ({
  reset({ email, name }, token) {
    const locale = currentLocale()
    const letter = {
      subject: m.mail_reset_subject({}, { locale }),
      paragraphs: [
        m.mail_reset_lead({ person: withHonorific(name, locale) }, { locale }),
        m.mail_reset_otherwise({}, { locale }),
      ],
      link: { label: m.mail_reset_link({}, { locale }), href: `${publicUrl}/reset-password/${token}` },
    }
    mailer.post(composeMail(email, letter))
  },
  passwordChanged({ email, name }) {
    const locale = currentLocale()
    const letter = {
      subject: m.mail_changed_subject({}, { locale }),
      paragraphs: [
        m.mail_changed_lead({ person: withHonorific(name, locale) }, { locale }),
        m.mail_changed_otherwise({}, { locale }),
      ],
      link: { label: m.mail_reset_link({}, { locale }), href: `${publicUrl}/forgot-password` },
    }
    mailer.post(composeMail(email, letter))
  },
  invite({ id, email, shopName: shop, inviter }) {
    const locale = currentLocale()
    const letter = {
      subject: m.mail_invite_subject({ shop }, { locale }),
      paragraphs: [
        m.mail_invite_lead({ shop, person: withHonorific(inviter, locale) }, { locale }),
        m.mail_invite_otherwise({}, { locale }),
      ],
      link: { label: m.mail_invite_link({}, { locale }), href: `${publicUrl}/join/${id}` },
    }
    mailer.post(composeMail(email, letter))
  },
})
