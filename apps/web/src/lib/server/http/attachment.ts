import { create } from 'content-disposition'

/**
 * The Content-Disposition of a download (RFC 6266), with the name in any language; `fallback` is an ASCII name
 * for clients that do not know the encoded one.
 */
export const attachment = (fileName: string, fallback: string): string => create(fileName, { fallback })
