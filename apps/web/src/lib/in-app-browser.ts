/** How the browsers of apps name themselves; the last two are any web view of iOS and of Android. */
const APPS =
  /KAKAOTALK|Instagram|FBA[NV]|NAVER\(inapp|Line\/|DaumApps|(iPhone|iPad).*AppleWebKit(?!.*(Safari|CriOS|FxiOS|EdgiOS))|; wv\)/i

/**
 * Whether a page is open in the browser of an app, which saves no files and says nothing of it.
 * @param userAgent as in `navigator.userAgent`
 */
export const isInAppBrowser = (userAgent: string): boolean => APPS.test(userAgent)
