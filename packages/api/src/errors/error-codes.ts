import type { Locale } from '../locale.ts'
import { claimOpenText } from './claim-open-text.ts'
import type { DomainErrorDetails } from './error-details.ts'
import { closed, conflicts, notFound, type Reasons, rateLimited, unavailable } from './error-reasons.ts'
import { fixedTermsText } from './fixed-terms-text.ts'

type Text = string | ((details: DomainErrorDetails) => string)

/** tRPC's name of each status, as its HTTP adapters and clients know it. */
type TrpcCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_SUPPORTED'
  | 'CONFLICT'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'UNPROCESSABLE_CONTENT'
  | 'TOO_MANY_REQUESTS'
  | 'SERVICE_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR'

interface ErrorCode {
  status: number
  trpc: TrpcCode
  ko: Text
  en: Text
}

const byReason = (table: Reasons, fallback: string, locale: Locale) => {
  return ({ reason = fallback }: DomainErrorDetails) =>
    (table[reason] ?? table[fallback])?.[locale] ??
    (locale === 'ko' ? '지금은 할 수 없는 일이에요' : 'This is not possible in the present state')
}

/**
 * The one map from a domain error to HTTP status, tRPC code and message; every response, page and document
 * uses it.
 */
export const errorCodes = {
  VALIDATION_FAILED: {
    status: 400,
    trpc: 'BAD_REQUEST',
    ko: '입력한 내용을 다시 확인해 주세요',
    en: 'Please check what you entered',
  },
  UNAUTHENTICATED: {
    status: 401,
    trpc: 'UNAUTHORIZED',
    ko: '로그인이 필요해요',
    en: 'Please sign in, or send an API key',
  },
  FORBIDDEN: {
    status: 403,
    trpc: 'FORBIDDEN',
    ko: ({ missingScope }: DomainErrorDetails) =>
      missingScope ? `이 API 키에는 ${missingScope} 권한이 없어요` : '이 작업을 할 권한이 없어요',
    en: ({ missingScope }: DomainErrorDetails) =>
      missingScope ? `This API key lacks the scope ${missingScope}` : 'You are not allowed to do this',
  },
  SECOND_FACTOR_REQUIRED: {
    status: 403,
    trpc: 'FORBIDDEN',
    ko: '2단계 인증을 마치면 볼 수 있어요',
    en: 'Please finish two-step sign-in first',
  },
  SIGN_IN_AGAIN: {
    status: 403,
    trpc: 'FORBIDDEN',
    ko: '안전을 위해 다시 한번 확인이 필요해요',
    en: 'Please sign in again to do this',
  },
  NOT_FOUND: {
    status: 404,
    trpc: 'NOT_FOUND',
    ko: byReason(notFound, 'address', 'ko'),
    en: byReason(notFound, 'address', 'en'),
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    trpc: 'METHOD_NOT_SUPPORTED',
    ko: '이 주소에서는 지원하지 않는 요청 방식이에요',
    en: 'This address does not support that method',
  },
  ALREADY_PARTICIPATED: {
    status: 409,
    trpc: 'CONFLICT',
    ko: '이미 참여하신 이벤트입니다',
    en: 'You have already entered this event',
  },
  CONSENT_CHANGED: {
    status: 409,
    trpc: 'CONFLICT',
    ko: '개인정보 안내가 바뀌었어요. 새 안내를 읽고 다시 동의해 주세요',
    en: 'The privacy notice has changed. Please read the new one and agree again',
  },
  EVENT_NOT_OPEN: {
    status: 409,
    trpc: 'CONFLICT',
    ko: '아직 참여할 수 없는 이벤트예요',
    en: 'This event has not started yet',
  },
  EVENT_PAUSED: {
    status: 409,
    trpc: 'CONFLICT',
    ko: ({ pauseReason }: DomainErrorDetails) =>
      `운영자가 잠시 멈춘 이벤트예요${pauseReason ? `: ${pauseReason}` : ''}`,
    en: ({ pauseReason }: DomainErrorDetails) =>
      `The operator has paused this event${pauseReason ? `: ${pauseReason}` : ''}`,
  },
  EVENT_CLOSED: {
    status: 409,
    trpc: 'CONFLICT',
    ko: byReason(closed, 'ended', 'ko'),
    en: byReason(closed, 'ended', 'en'),
  },
  ALREADY_DRAWN: {
    status: 409,
    trpc: 'CONFLICT',
    ko: '이미 추첨한 이벤트예요',
    en: 'This event has already been drawn',
  },
  DRAW_IN_PROGRESS: {
    status: 409,
    trpc: 'CONFLICT',
    ko: '추첨이 진행 중이에요',
    en: 'A draw is in progress',
  },
  DRAW_SUPERSEDED: {
    status: 409,
    trpc: 'CONFLICT',
    ko: '더 최근의 추첨이 있어요. 새로고침한 뒤 다시 시도해 주세요',
    en: 'There is a later draw. Reload and try again',
  },
  TERMS_FIXED: {
    status: 409,
    trpc: 'CONFLICT',
    ko: (details) => fixedTermsText(details, 'ko'),
    en: (details) => fixedTermsText(details, 'en'),
  },
  CLAIM_OPEN: {
    status: 409,
    trpc: 'CONFLICT',
    ko: (details: DomainErrorDetails) => claimOpenText(details, 'ko'),
    en: (details: DomainErrorDetails) => claimOpenText(details, 'en'),
  },
  VISIT_CONFIRMED: {
    status: 409,
    trpc: 'CONFLICT',
    ko: '이 방문이 적힌 응모 확인증을 참여자가 이미 받아서 되돌릴 수 없어요',
    en: 'The entrant already has a receipt of this visit, so it cannot be taken back',
  },
  DATA_DESTROYED: {
    status: 409,
    trpc: 'CONFLICT',
    ko: '약속한 기한이 되어 참여자의 개인정보를 파기했어요. 더 이상 추첨할 수 없어요',
    en: "The entrants' personal data was destroyed as promised, so nothing more can be drawn",
  },
  LAST_OWNER: {
    status: 409,
    trpc: 'CONFLICT',
    ko: '매장에는 사장님이 한 분은 있어야 해요. 먼저 다른 분을 사장님으로 정해 주세요',
    en: 'A shop needs an owner. Make somebody else an owner first',
  },
  CONFLICT: {
    status: 409,
    trpc: 'CONFLICT',
    ko: byReason(conflicts, '', 'ko'),
    en: byReason(conflicts, '', 'en'),
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    trpc: 'PAYLOAD_TOO_LARGE',
    ko: '보낸 내용이 너무 커요',
    en: 'The request is too large',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    trpc: 'UNSUPPORTED_MEDIA_TYPE',
    ko: '요청은 application/json 형식이어야 해요',
    en: 'Send the request as application/json',
  },
  NOT_ENOUGH_ENTRIES: {
    status: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    ko: ({ entries = 0, requested = 0 }: DomainErrorDetails) =>
      `추첨할 인원(${requested}명)이 참여자(${entries}명)보다 많아요`,
    en: ({ entries = 0, requested = 0 }: DomainErrorDetails) =>
      `${requested} cannot be drawn from ${entries} entries`,
  },
  RATE_LIMITED: {
    status: 429,
    trpc: 'TOO_MANY_REQUESTS',
    ko: byReason(rateLimited, 'address', 'ko'),
    en: byReason(rateLimited, 'address', 'en'),
  },
  UNAVAILABLE: {
    status: 503,
    trpc: 'SERVICE_UNAVAILABLE',
    ko: byReason(unavailable, 'busy', 'ko'),
    en: byReason(unavailable, 'busy', 'en'),
  },
  INTERNAL: {
    status: 500,
    trpc: 'INTERNAL_SERVER_ERROR',
    ko: '문제가 생겼어요. 잠시 후 다시 시도해 주세요',
    en: 'Something went wrong. Please try again shortly',
  },
} as const satisfies Record<string, ErrorCode>

export type DomainErrorCode = keyof typeof errorCodes

/** The message of a code, in the caller's language. */
export function errorMessage(code: DomainErrorCode, details: DomainErrorDetails, locale: Locale): string {
  const text: Text = errorCodes[code][locale]
  return typeof text === 'string' ? text : text(details)
}
