import { downloadFile } from './download.ts'
import { isInAppBrowser } from './in-app-browser.ts'

/** Whether this browser passes the file on to other apps. */
export const mayShareFile = (file: File): boolean => Boolean(navigator.canShare?.({ files: [file] }))

/**
 * Hands a file to the apps of the phone; resolves to whether that is settled, also where the visitor closed the
 * sheet. False where no sheet opened.
 */
export async function shareFile(file: File): Promise<boolean> {
  try {
    await navigator.share({ files: [file] })
    return true
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError'
  }
}

/**
 * Saves a file. The browsers of apps ignore downloads without a word: there it is shared. Resolves to false where
 * neither is possible.
 */
export async function saveFile(file: File): Promise<boolean> {
  if (isInAppBrowser(navigator.userAgent)) return mayShareFile(file) && (await shareFile(file))
  downloadFile(file.name, file)
  return true
}

/** The file as an address that holds it: apps save such a picture on a long press, and none of `blob:`. */
export const dataAddress = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error ?? new Error('The file could not be read.'))
    reader.readAsDataURL(file)
  })
