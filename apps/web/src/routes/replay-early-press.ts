declare global {
  /** In app.html: remembers the last button that was pressed while nothing listened yet. */
  var earlyPress: ((event: MouseEvent) => void) & { button?: HTMLButtonElement }
}

/**
 * Presses again what was pressed before the scripts had started: on a slow line a page is there seconds before its dialogs are. Links and
 * forms need no scripts and are left alone.
 */
export function replayEarlyPress(): void {
  removeEventListener('click', globalThis.earlyPress, true)
  const { button } = globalThis.earlyPress
  if (button?.isConnected) button.click()
}
