import type { NoticeProblem, PhoneNoticeKind } from '@eungmo/db/queries/notices'
import type { Locale } from '../locale.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { ApplicationNumberFacts, NoticeFacts } from './notice-texts.ts'

/** A notice to a winner or an entrant, as a provider needs it. */
export interface PhoneNotice {
  id: string
  /** In the Korean way, such as 010-1234-5678. */
  phoneNumber: string
  kind: PhoneNoticeKind
  locale: Locale
  facts: NoticeFacts | ApplicationNumberFacts
}

/** What a provider did with one notice. */
export type NoticeOutcome =
  | {
      id: string
      state: 'sent'
      /** Under which the provider reports whether it arrived; absent where it does not report. */
      providerMessageId?: string
    }
  | { id: string; state: 'failed'; problem: NoticeProblem }

/** What became of an accepted message: `pending` until the phone network has reported. */
export type NoticeReport =
  | { state: 'pending' }
  | { state: 'arrived' }
  | { state: 'failed'; problem: NoticeProblem }

/** What a text costs, in the classes by which Korean providers charge. */
export type PriceClass = 'sms' | 'lms' | 'alimtalk'

/** Sends text messages and Alimtalk. */
export interface PhoneProvider {
  /** For privacy pages. */
  vendor: string
  /** Most notices in one call of `send`. */
  maxPerCall: number
  priceClassOf(notice: Pick<PhoneNotice, 'kind' | 'locale' | 'facts'>): PriceClass
  /**
   * Resolves with the outcome of each notice. Throws NotAccepted where the provider certainly accepted none of
   * them; after any other error some may be on their way.
   */
  send(notices: readonly PhoneNotice[]): Promise<NoticeOutcome[]>
  /** What became of accepted messages, by the provider's ids; unknown ids are left out. */
  readReports(providerMessageIds: readonly string[], signal?: AbortSignal): Promise<Map<string, NoticeReport>>
}

/** The ways out of the installation; null where none is set up. */
export interface Notifier {
  phone: PhoneProvider | null
  mail: Pick<Mailer, 'send'> | null
}

/** An installation that sends nothing: the owner copies the texts. */
export const noNotifier: Notifier = { phone: null, mail: null }

/** The provider certainly accepted nothing, and may later. */
export class NotAccepted extends Error {
  override readonly name = 'NotAccepted'
  readonly problem: NoticeProblem
  /** The shortest pause that the provider demands; undefined where it names none. */
  readonly retryAfterMs: number | undefined

  constructor(problem: NoticeProblem, options: ErrorOptions & { retryAfterMs?: number | undefined } = {}) {
    super(`the provider accepted no message: ${problem}`, options)
    this.problem = problem
    this.retryAfterMs = options.retryAfterMs
  }
}
