import type { Logger } from '@eungmo/messaging/logger'

const ignore = () => undefined

export const quietLog: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }
