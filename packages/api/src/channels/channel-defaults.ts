/** The entry paths on the form of every new event. */
export const USUAL_CHANNELS = [
  { entryPath: '우리동네TV', code: 'tv' },
  { entryPath: 'SNS', code: 'sns' },
  { entryPath: '링고비즈', code: 'lingobiz' },
] as const

/** 매장 방문: never on the form; counts only with the visit token or when staff mark it. */
export const STORE_CHANNEL = { entryPath: '매장 방문', code: 'store' } as const

/**
 * `?via=share`: what customers share with each other. No channel, so that an entrant who follows it still chooses
 * an entry path; only the views are counted under it.
 */
export const SHARE_SOURCE = 'share'

/** Codes that no new channel gets; a channel that has one from earlier is still found by it. */
export const RESERVED_CODES: readonly string[] = [STORE_CHANNEL.code, SHARE_SOURCE]
