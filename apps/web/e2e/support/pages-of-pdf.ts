/** How many pages a PDF of Chromium has. */
export const pagesOf = (pdf: Buffer): number | undefined =>
  pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length
