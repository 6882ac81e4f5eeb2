// What a page of ours may load and run: only what was shipped. Tried from inside the page, as an injected script would.
import { expect, test } from '../hosts/test.ts'

test('2.4 the main page comes with the strict policy and headers on every file', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  const headers = await page.evaluate(async () => {
    const names = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy', 'cache-control', 'content-type']
    const answer = await fetch('app://fumibako/index.html')
    return Object.fromEntries(names.map((name) => [name, answer.headers.get(name)]))
  })
  expect(headers['content-security-policy']?.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ])
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
    'content-type': 'text/html; charset=utf-8',
  })
})

test('2.4 the policy stops eval, inline script, inline handlers, inline style and workers from blobs', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  const ran = await page.evaluate(async () => {
    const marks: string[] = []
    Object.assign(window, { mark: (what: string) => marks.push(what) })
    const stopped: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => stopped.push(event.effectiveDirective))
    // As a timer, so that it runs as the page's own code and not as the debugger's.
    const asPage = (act: () => unknown): Promise<unknown> => new Promise((resolve) => setTimeout(() => {
      try {
        resolve(act())
      } catch (error) {
        resolve((error as Error).name)
      }
    }))
    const add = (tag: string, fill: (element: HTMLElement) => void): void => {
      const element = document.createElement(tag)
      fill(element)
      document.body.append(element)
    }
    const evaled = await asPage(() => (0, eval)("mark('eval')"))
    const made = await asPage(() => new Function("mark('function')")())
    await asPage(() => setTimeout("mark('timer')" as unknown as TimerHandler))
    await asPage(() => add('script', (script) => (script.textContent = "mark('inline')")))
    // Only when the picture has failed is the handler asked for.
    await asPage(() => new Promise((failed) => add('img', (image) => {
      image.setAttribute('onerror', "mark('handler')")
      image.addEventListener('error', () => setTimeout(failed))
      image.setAttribute('src', 'app://fumibako/none.png')
    })))
    await asPage(() => add('style', (style) => (style.textContent = 'body { outline: 7px solid red }')))
    const worker = await asPage(() => new Promise((resolve) => {
      const made = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' })))
      made.onmessage = () => resolve('ran')
      made.onerror = () => resolve('stopped')
    }).catch(() => 'stopped'))
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return { marks, evaled, made, worker, outline: getComputedStyle(document.body).outlineWidth, stopped: [...new Set(stopped)].sort() }
  })
  expect(ran.marks).toEqual([])
  expect([ran.evaled, ran.made]).toEqual(['EvalError', 'EvalError'])
  expect(ran.worker).not.toBe('ran')
  expect(ran.outline).not.toBe('7px')
  expect(ran.stopped).toEqual(expect.arrayContaining(['script-src', 'script-src-attr', 'script-src-elem', 'style-src-elem', 'worker-src']))
})

test('2.4 nothing reaches the network from a page, whatever way it tries', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  const answers = await page.evaluate(async () => {
    const loads = (tag: 'img' | 'script' | 'link' | 'iframe', name: 'src' | 'href', address: string): Promise<string> =>
      new Promise((resolve) => {
        const element = document.createElement(tag)
        element.onload = () => resolve(tag === 'iframe' ? (element as HTMLIFrameElement).contentDocument === null ? 'blocked' : 'blank' : 'loaded')
        element.onerror = () => resolve('blocked')
        if (tag === 'link') element.setAttribute('rel', 'stylesheet')
        element.setAttribute(name, address)
        document.body.append(element)
      })
    const outside = 'http://127.0.0.1:9/'
    const candidates = async (): Promise<number> => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:9' }] })
      peer.createDataChannel('x')
      let found = 0
      peer.onicecandidate = ({ candidate }) => void (candidate && candidate.candidate !== '' && found++)
      await peer.setLocalDescription(await peer.createOffer())
      await new Promise<void>((resolve) => (peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve()))
      return found
    }
    return {
      fetch: await fetch(outside).then(() => 'answered', () => 'blocked'),
      beacon: await new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', () => resolve('blocked'), { once: true })
        navigator.sendBeacon(outside, 'x')
      }),
      socket: await new Promise((resolve) => {
        const socket = new WebSocket('ws://127.0.0.1:9/')
        socket.onopen = () => resolve('open')
        socket.onerror = () => resolve('blocked')
      }),
      image: await loads('img', 'src', outside),
      script: await loads('script', 'src', outside),
      style: await loads('link', 'href', outside),
      file: await fetch('file:///etc/passwd').then(() => 'answered', () => 'blocked'),
      consent: await fetch('app://consent/index.html').then(() => 'answered', () => 'blocked'),
      consentFolder: await fetch('app://fumibako/consent/index.html').then((answer) => answer.status),
      peers: await candidates(),
      serviceWorker: await navigator.serviceWorker?.register('app://fumibako/sw.js').then(() => 'registered', () => 'blocked'),
    }
  })
  expect(answers).toEqual({
    fetch: 'blocked',
    beacon: 'blocked',
    socket: 'blocked',
    image: 'blocked',
    script: 'blocked',
    style: 'blocked',
    file: 'blocked',
    consent: 'blocked',
    consentFolder: 404,
    peers: 0,
    serviceWorker: 'blocked',
  })
})
