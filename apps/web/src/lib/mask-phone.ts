/** 010-1234-5678 as 010-****-**78: for a screen that everybody in the shop sees. */
export function maskPhone(phone: string | null): string {
  if (!phone) return ''
  const [first = '', ...rest] = phone.split('-')
  const hidden = rest.map((part, i) =>
    i === rest.length - 1
      ? '*'.repeat(Math.max(0, part.length - 2)) + part.slice(-2)
      : '*'.repeat(part.length),
  )
  return [first, ...hidden].join('-')
}
