/** The languages of messages: Korean and English. */
export type Locale = 'ko' | 'en'
