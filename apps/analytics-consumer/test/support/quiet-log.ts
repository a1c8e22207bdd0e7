import type { Log } from '@eungmo/messaging/log'

const ignore = () => undefined

export const quietLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore }
