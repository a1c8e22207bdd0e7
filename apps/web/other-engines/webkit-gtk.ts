import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '@eungmo/tooling/free-port'
import { Builder, By, Capabilities, type WebDriver, type WebElement } from 'selenium-webdriver'
import type { Engine } from './engine.ts'

const BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'
const FIND_TIMEOUT_MS = 15_000
const POLL_INTERVAL_MS = 50
/** The driver scrolls too, but acts before a page that scrolls smoothly has arrived. */
const SCROLL_INTO_VIEW = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })"

/** Why WebKitGTK cannot run on this machine; null when it can. */
export function webkitObstacle(): string | null {
  if (!existsSync(BROWSER)) return 'webkit2gtk-driver is missing'
  return spawnSync('which', ['Xvfb']).status === 0 ? null : 'xvfb is missing'
}

/** Starts WebKitGTK's MiniBrowser on a screen in memory, driven over WebDriver. */
export async function startWebkit(): Promise<Engine> {
  const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1200x24'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [display] = await once(createInterface({ input: screen.stdout }), 'line')
  const port = await freePort()
  const server = spawn('WebKitWebDriver', ['-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: `:${display}`, LANGUAGE: 'ko', LC_ALL: 'C.UTF-8' },
  })
  try {
    const driver = await connect(port)
    return createEngine(driver, async () => {
      await driver.quit()
      await stop(server)
      await stop(screen)
    })
  } catch (error) {
    await stop(server)
    await stop(screen)
    throw error
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

async function connect(port: number): Promise<WebDriver> {
  const origin = `http://127.0.0.1:${port}`
  const end = Date.now() + FIND_TIMEOUT_MS
  for (;;) {
    const response = await fetch(`${origin}/status`).catch(() => null)
    if (response?.ok) break
    if (Date.now() > end) throw new Error('WebKitWebDriver does not serve.')
    await wait(POLL_INTERVAL_MS)
  }
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] },
  })
  return new Builder().usingServer(origin).withCapabilities(capabilities).build()
}

function createEngine(driver: WebDriver, close: () => Promise<void>): Engine {
  const visible = async (place: string): Promise<WebElement | null> => {
    for (const element of await driver.findElements(By.xpath(place)))
      if (await element.isDisplayed().catch(() => false)) return element
    return null
  }
  /** Again while the page replaces what it found. */
  const act = (place: string, action: (element: WebElement) => Promise<void>) =>
    driver.wait(
      async () => {
        const element = await visible(place)
        if (!element) return false
        const scrolled = driver.executeScript(SCROLL_INTO_VIEW, element)
        return scrolled
          .then(() => action(element))
          .then(
            () => true,
            (error: Error) => {
              if (!['StaleElementReferenceError', 'ElementNotInteractableError'].includes(error.name))
                throw error
              return false
            },
          )
      },
      FIND_TIMEOUT_MS,
      `nothing at ${place}`,
      POLL_INTERVAL_MS,
    )
  return {
    open: (url) => driver.get(url),
    async type(field, text) {
      await act(field, async (element) => {
        await element.clear()
        await element.sendKeys(text)
      })
    },
    async choose(fileInput, file) {
      await driver.findElement(By.xpath(fileInput)).sendKeys(file)
    },
    async click(place) {
      await act(place, (element) => element.click())
    },
    async text(place) {
      const element = await visible(place)
      return element && (await element.getText().catch(() => null))
    },
    address: () => driver.getCurrentUrl(),
    async resize(width, height) {
      await driver.manage().window().setRect({ x: 0, y: 0, width, height })
    },
    async screenshot(file) {
      await writeFile(file, await driver.takeScreenshot(), 'base64')
    },
    close,
  }
}
