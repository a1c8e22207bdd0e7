import { copyText } from '#lib/clipboard.ts'

/**
 * Shares an address through the phone's own sheet, or copies it where there is none, as in the browsers of many
 * apps. Resolves to what happened; `closed` is a sheet that the visitor closed.
 */
async function shareLink(link: {
  title: string
  url: string
}): Promise<'shared' | 'closed' | 'copied' | 'failed'> {
  if ('share' in navigator) {
    try {
      await navigator.share(link)
      return 'shared'
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return 'closed'
      // A frame or an app that allows no sheet: the address may still be copied.
    }
  }
  return (await copyText(link.url)) ? 'copied' : 'failed'
}

/**
 * Puts the button of a ShareLink in the place of its address, which shows again, selected, where it can be neither
 * shared nor copied.
 */
export function enhanceShareLink(root: HTMLElement): void {
  const button = root.querySelector('button')
  const details = root.querySelector('details')
  const field = root.querySelector('input')
  const status = root.querySelector('[role=status]')
  const { share: url = '', title = '', copied = '', failed = '' } = root.dataset
  if (!button || !details || !field || !status) return
  button.hidden = false
  details.remove()
  field.addEventListener('focus', () => field.select())
  button.addEventListener('click', () => {
    status.textContent = ''
    void shareLink({ title, url }).then((outcome) => {
      if (outcome === 'copied') status.textContent = copied
      if (outcome !== 'failed') return
      status.textContent = failed
      details.open = true
      root.append(details)
      field.focus()
    })
  })
}
