import type { HandleClientError } from '@sveltejs/kit/hooks'
import * as m from '#lib/paraglide/messages.js'
import { baseLocale, isLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js'

// The server chose the language; changing it is a full page load.
overwriteGetLocale(() => {
  const { lang } = document.documentElement
  return isLocale(lang) ? lang : baseLocale
})

export const handleError: HandleClientError = ({ kind }) =>
  kind === 'app' ? {} : { message: m.error_unexpected() }
