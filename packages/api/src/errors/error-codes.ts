import type { Locale } from '../locale.ts'
import type { DomainErrorDetails } from './error-details.ts'

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

const closed: Record<string, Record<Locale, string>> = {
  ended: { ko: '참여 기간이 끝난 이벤트예요', en: 'This event has ended' },
  locked: {
    ko: '추첨이 시작되어 더 이상 참여할 수 없어요',
    en: 'The draw has begun, so entries are closed',
  },
  drawn: { ko: '추첨이 끝난 이벤트예요', en: 'The winners of this event have been drawn' },
  cancelled: { ko: '취소된 이벤트예요', en: 'This event was cancelled' },
}

const conflicts: Record<string, Record<Locale, string>> = {
  'channel-has-entries': {
    ko: '이미 참여자가 있는 참여경로의 이름은 바꿀 수 없어요',
    en: 'An entry path that has entries cannot be renamed',
  },
  'channel-exists': { ko: '같은 이름의 참여경로가 이미 있어요', en: 'This entry path exists already' },
  'too-many-channels': {
    ko: '참여경로를 더 만들 수 없어요',
    en: 'There are too many entry paths already',
  },
  'last-channel': {
    ko: '참여경로는 하나 이상 있어야 해요',
    en: 'An event needs at least one entry path',
  },
  'event-locked': {
    ko: '추첨이 시작된 이벤트는 바꿀 수 없어요',
    en: 'An event whose draw has begun cannot be changed',
  },
  'event-published': { ko: '이미 공개된 이벤트예요', en: 'This event is published already' },
  'event-not-published': { ko: '아직 공개되지 않은 이벤트예요', en: 'This event is not published yet' },
  'event-ended': { ko: '이미 끝난 이벤트예요', en: 'This event has ended' },
  'event-cancelled': { ko: '취소된 이벤트예요', en: 'This event was cancelled' },
  'beacon-kept': {
    ko: '공개 난수를 쓰기로 한 추첨은 되돌릴 수 없어요',
    en: 'An event that promised public randomness keeps it',
  },
  'attempts-used-up': {
    ko: '이 이벤트는 256번까지만 추첨할 수 있어요',
    en: 'An event can be drawn 256 times, and this one has been',
  },
  duplicate: {
    ko: '같은 값이 이미 있어요. 새로고침한 뒤 다시 시도해 주세요',
    en: 'The same exists already. Reload and try again',
  },
  'not-drawn': { ko: '아직 추첨하지 않은 이벤트예요', en: 'This event has not been drawn yet' },
}

const notFound: Record<string, Record<Locale, string>> = {
  address: { ko: '찾을 수 없어요', en: 'Not found' },
  // One text for wrong, unknown and too often: it must not show which.
  entry: {
    ko: '응모 번호와 전화번호가 맞는 응모를 찾지 못했어요. 두 가지를 확인하고 잠시 뒤에 다시 시도하거나, 저장해 둔 영수증으로 확인해 주세요',
    en: 'There is no entry with this number and this phone number. Check both and try again later, or use your saved receipt',
  },
}

const unavailable: Record<string, Record<Locale, string>> = {
  busy: {
    ko: '지금은 처리할 수 없어요. 잠시 후 다시 시도해 주세요',
    en: 'We cannot do this right now. Please try again shortly',
  },
  'beacon-unreachable': {
    ko: '공개 난수 서버에 연결할 수 없어 추첨을 시작하지 않았어요. 잠시 후 다시 시도해 주세요',
    en: 'The public randomness cannot be reached, so the draw was not started. Please try again shortly',
  },
}

const rateLimited: Record<string, Record<Locale, string>> = {
  address: {
    ko: '지금 쓰시는 와이파이나 통신망에서 요청이 몰렸어요. 잠시 후 다시 시도하거나, 와이파이와 모바일 데이터를 바꿔서 시도해 주세요',
    en: 'Too many requests came from your Wi-Fi or mobile network. Please try again shortly, or switch between Wi-Fi and mobile data',
  },
  streams: {
    ko: '실시간 화면을 너무 많이 열었어요. 다른 기기의 화면을 닫고 다시 시도해 주세요',
    en: 'Too many live pages are open. Close them on another device and try again',
  },
}

const byReason = (table: Record<string, Record<Locale, string>>, fallback: string, locale: Locale) => {
  return ({ reason = fallback }: DomainErrorDetails) =>
    (table[reason] ?? table[fallback])?.[locale] ??
    (locale === 'ko' ? '지금은 할 수 없는 일이에요' : 'This is not possible in the present state')
}

const bonusText = (published: DomainErrorDetails['published'], locale: Locale): string =>
  published?.visitBonus == null
    ? { ko: '추첨 때 결정', en: 'decided at the draw' }[locale]
    : { ko: `${published.visitBonus}장`, en: String(published.visitBonus) }[locale]

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
  EVENT_NOT_OPEN: {
    status: 409,
    trpc: 'CONFLICT',
    ko: '아직 참여할 수 없는 이벤트예요',
    en: 'This event has not started yet',
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
    ko: ({ published }: DomainErrorDetails) =>
      `참여한 분들께 공개한 조건은 바꿀 수 없어요: 당첨자 ${published?.winnerCount ?? 0}명, 매장방문 가산점 ${bonusText(published, 'ko')}`,
    en: ({ published }: DomainErrorDetails) =>
      `The terms that entrants saw cannot be changed: ${published?.winnerCount ?? 0} winners, visit bonus ${bonusText(published, 'en')}`,
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
