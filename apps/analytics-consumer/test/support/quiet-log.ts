import type { Log } from '@eungmo/events/log'

const ignore = () => undefined

export const quietLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore }
