import { getLocale } from '#lib/paraglide/runtime.js'

/** `12,345`, in the reader's language. */
export const formatNumber = (value: number): string => value.toLocaleString(getLocale())
