/** The entry paths on the form of every new event. */
export const USUAL_CHANNELS = [
  { entryPath: '우리동네TV', code: 'tv' },
  { entryPath: 'SNS', code: 'sns' },
  { entryPath: '링고비즈', code: 'lingobiz' },
] as const

/** 매장 방문: never on the form; counts only with the visit token or when staff mark it. */
export const STORE_CHANNEL = { entryPath: '매장 방문', code: 'store' } as const
