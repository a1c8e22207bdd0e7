import type { Locale } from '../locale.ts'

/** Messages of one error code, by the reason in its details. */
export type Reasons = Record<string, Record<Locale, string>>

export const closed: Reasons = {
  ended: { ko: '참여 기간이 끝난 이벤트예요', en: 'This event has ended' },
  locked: {
    ko: '추첨이 시작되어 더 이상 참여할 수 없어요',
    en: 'The draw has begun, so entries are closed',
  },
  drawn: { ko: '추첨이 끝난 이벤트예요', en: 'The winners of this event have been drawn' },
  cancelled: { ko: '취소된 이벤트예요', en: 'This event was cancelled' },
}

export const conflicts: Reasons = {
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
  'prize-handed-over': {
    ko: '경품을 이미 받은 당첨자예요',
    en: 'This winner has received the prize already',
  },
  'winner-confirmed': {
    ko: '기한 안에 확인한 당첨자예요',
    en: 'This winner confirmed in time',
  },
  'winner-withdrawn': {
    ko: '당첨이 취소된 분이에요. 새로고침해 주세요',
    en: 'This winner was withdrawn. Reload the page',
  },
  'event-locked': {
    ko: '추첨이 시작된 이벤트는 바꿀 수 없어요',
    en: 'An event whose draw has begun cannot be changed',
  },
  'list-locked': {
    ko: '추첨 명단이 확정되어, 이제는 제외하거나 되돌릴 수 없어요',
    en: 'The list for the draw is locked, so entries can no longer be excluded or included again',
  },
  'event-published': { ko: '이미 공개된 이벤트예요', en: 'This event is published already' },
  'event-not-published': { ko: '아직 공개되지 않은 이벤트예요', en: 'This event is not published yet' },
  'event-ended': { ko: '이미 끝난 이벤트예요', en: 'This event has ended' },
  'event-cancelled': { ko: '취소된 이벤트예요', en: 'This event was cancelled' },
  'event-running': {
    ko: '추첨하지 않은 이벤트의 개인정보는 먼저 이벤트를 취소해야 지울 수 있어요',
    en: 'The data of an event that was not drawn can be destroyed once the event is cancelled',
  },
  'beacon-kept': {
    ko: '공개 난수를 쓰기로 한 추첨은 되돌릴 수 없어요',
    en: 'An event that promised public randomness keeps it',
  },
  'attempts-used-up': {
    ko: '이 이벤트는 256번까지만 추첨할 수 있어요',
    en: 'An event can be drawn 256 times, and this one has been',
  },
  'redraws-used-up': {
    ko: '재추첨으로는 한 이벤트에서 모두 10,000명까지만 뽑을 수 있어요',
    en: 'The redraws of an event can draw 10,000 entries in all, and have done so',
  },
  duplicate: {
    ko: '같은 값이 이미 있어요. 새로고침한 뒤 다시 시도해 주세요',
    en: 'The same exists already. Reload and try again',
  },
  'notices-not-sent': {
    ko: '이 설치에서는 문자를 보낼 수 없어요. 내용을 복사해서 직접 보내 주세요',
    en: 'This installation sends no text messages. Copy the text and send it yourself',
  },
  'notice-being-sent': {
    ko: '지금 안내를 보내고 있어요. 1분 뒤에 다시 눌러 주세요',
    en: 'A notice is being sent right now. Press again in a minute',
  },
  'number-not-sent': {
    ko: '여기서는 문자를 보낼 수 없어요. 매장에 물어봐 주세요',
    en: 'No text messages are sent from here. Please ask the shop',
  },
  'claim-closed': {
    ko: '더 이상 바꿀 수 없어요. 지금 상태를 확인해 주세요',
    en: 'This can no longer be changed. Please look at its state',
  },
  'not-a-winner': {
    ko: '이 당첨은 취소되었거나 다른 분에게 넘어갔어요. 경품을 드리지 마세요',
    en: 'This winner was withdrawn or replaced. Do not hand the prize over',
  },
  'not-announced': {
    ko: '아직 발표 전이라 경품을 드릴 수 없어요',
    en: 'Prizes are handed over from the announcement on',
  },
  'not-drawn': { ko: '아직 추첨하지 않은 이벤트예요', en: 'This event has not been drawn yet' },
}

export const notFound: Reasons = {
  address: { ko: '찾을 수 없어요', en: 'Not found' },
  // One text for wrong, unknown and too often: it must not show which.
  entry: {
    ko: '응모 번호와 전화번호가 맞는 응모를 찾지 못했어요. 두 가지를 확인하고 잠시 뒤에 다시 시도하거나, 저장해 둔 영수증으로 확인해 주세요',
    en: 'There is no entry with this number and this phone number. Check both and try again later, or use your saved receipt',
  },
  claim: {
    ko: '확인하지 못했어요. 응모할 때 적은 전화번호의 뒤 4자리인지 보고, 잠시 뒤에 다시 시도해 주세요',
    en: 'That did not match. Check that these are the last four digits of the number you entered with, and try again later',
  },
}

export const unavailable: Reasons = {
  busy: {
    ko: '지금은 처리할 수 없어요. 잠시 후 다시 시도해 주세요',
    en: 'We cannot do this right now. Please try again shortly',
  },
  'beacon-unreachable': {
    ko: '공개 난수 서버에 연결할 수 없어 추첨을 시작하지 않았어요. 잠시 후 다시 시도해 주세요',
    en: 'The public randomness cannot be reached, so the draw was not started. Please try again shortly',
  },
}

export const rateLimited: Reasons = {
  address: {
    ko: '지금 쓰시는 와이파이나 통신망에서 요청이 몰렸어요. 잠시 후 다시 시도하거나, 와이파이와 모바일 데이터를 바꿔서 시도해 주세요',
    en: 'Too many requests came from your Wi-Fi or mobile network. Please try again shortly, or switch between Wi-Fi and mobile data',
  },
  streams: {
    ko: '실시간 화면을 너무 많이 열었어요. 다른 기기의 화면을 닫고 다시 시도해 주세요',
    en: 'Too many live pages are open. Close them on another device and try again',
  },
}
