import type { Locale } from '../locale.ts'

/**
 * The messages below a form's fields. A zod schema uses one of these keys as its error message; other issues
 * get `invalid`.
 */
const messages: Record<string, Record<Locale, string>> = {
  required: { ko: '필수 항목이에요', en: 'This is required' },
  invalid: { ko: '값을 확인해 주세요', en: 'Please check this value' },
  unknown_field: { ko: '알 수 없는 항목이에요', en: 'Unknown field' },
  too_short: { ko: '너무 짧아요', en: 'This is too short' },
  too_long: { ko: '너무 길어요', en: 'This is too long' },
  too_small: { ko: '값이 너무 작아요', en: 'This is too small' },
  too_large: { ko: '값이 너무 커요', en: 'This is too large' },
  'numbers.too_many': {
    ko: '번호는 한 번에 500개까지 붙여 넣을 수 있어요',
    en: 'Paste at most 500 numbers at a time',
  },
  'name.too_short': { ko: '이름을 2자 이상 입력해 주세요', en: 'Enter at least 2 characters' },
  'name.too_long': { ko: '이름은 50자까지 입력할 수 있어요', en: 'Enter at most 50 characters' },
  'name.invalid': {
    ko: '이름에 쓸 수 없는 문자가 있어요',
    en: 'The name has characters that cannot be used',
  },
  'phone.invalid': {
    ko: '휴대폰 번호를 확인해 주세요. 예: 010-1234-5678',
    en: 'Check the phone number, for example 010-1234-5678',
  },
  'phone.safe_number': {
    ko: '안심번호(050)로는 응모할 수 없어요. 휴대폰이나 집 전화번호를 적어 주세요',
    en: 'A 050 number cannot be used. Enter a mobile or landline number',
  },
  'consent.required': {
    ko: '개인정보 수집·이용에 동의해 주세요',
    en: 'Please agree to the use of your personal data',
  },
  'entry_path.required': { ko: '참여경로를 선택해 주세요', en: 'Choose how you found us' },
  'entry_path.unknown': {
    ko: '이 이벤트에 없는 참여경로예요',
    en: 'This event has no such entry path',
  },
  'visit_token.required': {
    ko: '매장 방문은 매장에 있는 QR로만 참여할 수 있어요',
    en: 'A store visit counts only through the QR code in the store',
  },
  'visit_token.invalid': {
    ko: '매장 QR이 바뀌었어요. 매장의 새 QR을 찍거나 참여경로를 선택해 주세요',
    en: 'This store QR code is no longer valid. Scan the new one or choose an entry path',
  },
  'channel.name': { ko: '참여경로 이름은 1~30자로 적어 주세요', en: 'Use 1 to 30 characters' },
  'channel.reserved': { ko: '쓸 수 없는 참여경로 이름이에요', en: 'This name cannot be used' },
  'picture.required': { ko: '사진을 골라 주세요', en: 'Choose a picture' },
  'picture.too_large': { ko: '사진은 8MB까지 올릴 수 있어요', en: 'A picture may have up to 8 MB' },
  'picture.type': { ko: 'JPEG, PNG, WebP 사진을 올려 주세요', en: 'Choose a JPEG, PNG or WebP picture' },
  'picture.animated': {
    ko: '움직이는 사진은 올릴 수 없어요',
    en: 'An animated picture cannot be used',
  },
  'picture.attached': {
    ko: '사진 뒤에 다른 파일이 붙어 있어요. 사진만 다시 저장해서 올려 주세요',
    en: 'Another file is attached to this picture. Save the picture again by itself',
  },
  'picture.pixels': {
    ko: '사진이 너무 커요. 4,000만 화소까지 올릴 수 있어요',
    en: 'This picture is too large. It may have up to 40 megapixels',
  },
  'picture.too_small': {
    ko: '사진이 너무 작아요. 가로 400px, 세로 300px보다 큰 사진을 올려 주세요',
    en: 'This picture is too small. It needs at least 400 × 300 px',
  },
  'picture.broken': {
    ko: '이 사진은 읽을 수 없어요. 다시 저장하거나 다른 사진을 올려 주세요',
    en: 'This picture cannot be read. Save it again, or choose another one',
  },
  'alt_text.length': {
    ko: '사진 설명을 1~120자로 적어 주세요',
    en: 'Describe the picture in 1 to 120 characters',
  },
  'date.invalid': { ko: '날짜와 시간을 확인해 주세요', en: 'Check the date and time' },
  'receipt.invalid': { ko: '응모 영수증을 읽을 수 없어요', en: 'This receipt cannot be read' },
  'receipt.foreign': {
    ko: '이 이벤트에서 발급한 응모 영수증이 아니에요',
    en: 'This receipt was not issued for this event',
  },
  'receipt.other': {
    ko: '다른 응모의 영수증이에요',
    en: 'This receipt belongs to another entry',
  },
  'receipt.required': {
    ko: '추첨이 끝난 뒤에는 응모 영수증도 있어야 해요. 응모한 휴대폰에 저장된 영수증을 붙여 넣어 주세요',
    en: 'After the draw the receipt is needed as well. Paste the receipt that was saved when you entered',
  },
  'proof.expired': {
    ko: '확인한 지 오래되었어요. 응모 번호와 전화번호로 다시 확인해 주세요',
    en: 'It has been a while. Please check again with your application number and phone number',
  },
  'proof.claim_expired': {
    ko: '확인한 지 오래되었어요. 전화번호 뒤 4자리를 다시 적어 주세요',
    en: 'It has been a while. Please enter the last four digits of your phone number again',
  },
  'day.unavailable': {
    ko: '고를 수 있는 날짜 가운데 하나를 골라 주세요',
    en: 'Choose one of the days shown',
  },
  'day.before_first': {
    ko: '끝 날짜가 시작 날짜보다 빨라요',
    en: 'The last day is before the first day',
  },
  'postcode.invalid': { ko: '우편번호 5자리를 적어 주세요', en: 'Enter the postcode, 5 digits' },
  'address.invalid': {
    ko: '도로명주소를 적어 주세요. 예: 서울 마포구 포은로 12',
    en: 'Enter the street address, for example 12 Poeun-ro, Mapo-gu, Seoul',
  },
  'claim.kind': { ko: '이 경품을 받는 방법이 아니에요', en: 'This prize is not received in this way' },
  'application_number.invalid': {
    ko: '응모 번호를 확인해 주세요. 예: K7M2-9QXF',
    en: 'Check the application number, for example K7M2-9QXF',
  },
  'application_number.no_winner': {
    ko: '당첨된 응모 번호가 아니에요',
    en: 'This application number has not won',
  },
  'rank.unknown': { ko: '당첨자가 없는 순위예요', en: 'Nobody holds this rank' },
  'ranks.too_many': {
    ko: '한 번에 1,000명까지 다시 뽑을 수 있어요',
    en: 'A redraw can replace up to 1,000 winners at once',
  },
  'search.elsewhere': {
    ko: '검색은 POST /events/{eventId}/participants/search로 해 주세요',
    en: 'Search with POST /events/{eventId}/participants/search',
  },
  'date.past': { ko: '이미 지난 시간이에요', en: 'This time has passed already' },
  'dates.order': {
    ko: '시작, 마감, 발표일 순서로 정해 주세요',
    en: 'Start, end and announcement must follow in this order',
  },
  'dates.draw': {
    ko: '자동 추첨이면 발표는 마감하고 7분 뒤부터 할 수 있어요. 공개 난수를 오래 기다리면 더 늦어야 해요',
    en: 'With an automatic draw, announce at least 7 minutes after the end, later with a long wait for the public randomness',
  },
  'visit_bonus.automatic': {
    ko: '자동으로 추첨하려면 매장방문 가산점을 미리 정해 주세요',
    en: 'An automatic draw needs a visit bonus that is set in advance',
  },
  'body.invalid': { ko: '본문이 JSON 객체가 아니에요', en: 'The body is not a JSON object' },
  'purpose.required': {
    ko: '어디에 쓰는지 100자까지 적어 주세요',
    en: 'Say what it is for, in at most 100 characters',
  },
  'purpose.number': {
    ko: '목적에는 전화번호를 적지 마세요. 2년 동안 남아요',
    en: 'Leave phone numbers out of the purpose: it is stored for two years',
  },
  'title.different': { ko: '이벤트 제목과 달라요', en: 'This is not the title of the event' },
  'cursor.invalid': { ko: '목록의 위치를 알 수 없어요', en: 'This cursor is not valid' },
}

/** The message of a field error's code, in the caller's language. */
export function fieldMessage(code: string, locale: Locale): string {
  return (messages[code] ?? messages.invalid)?.[locale] ?? code
}

/** Whether a zod issue's message is one of our keys. */
export const isFieldCode = (code: string): boolean => Object.hasOwn(messages, code)
